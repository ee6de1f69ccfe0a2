package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a source tells of one service. What cannot be an instance is left out and counted: one entry that is wrong costs
 * that entry only. Of several with one address the first counts.
 *
 * <p>Not thread-safe.
 */
public final class FoundInstances {
  /** The most instances of one service; further ones are left out. */
  public static final int MOST = 20_000;

  private static final int MOST_LABELS = 64;
  private static final int LONGEST_TEXT = 256;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?\\.?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}(:[0-9.]{7,15})?");

  private final Scheme scheme;
  private final String basePath;
  private final Map<Endpoint, ServiceInstance> instances = new LinkedHashMap<>();
  private int leftOut;
  private @Nullable String firstProblem;

  public FoundInstances(ServiceLookup lookup) {
    this.scheme = lookup.scheme();
    this.basePath = lookup.basePath();
  }

  /** One with weight 1 and nothing more known; as {@link #add(Scheme, String, int, int, String, Map, State)}. */
  public void add(@Nullable String host, long port) {
    add(null, host, port, 1, "", Map.of(), State.READY);
  }

  /**
   * Adds an instance, or counts it as left out where it is none.
   *
   * @param spoken how it is spoken to; null for what holds for the service
   * @param host a name or an IP address, without brackets
   * @param weight what is beyond 0 to {@value ServiceInstance#MAX_WEIGHT} counts as the nearest of these
   */
  public void add(
      @Nullable Scheme spoken,
      @Nullable String host,
      long port,
      long weight,
      String zone,
      Map<String, String> labels,
      State state) {
    if (host == null || !(NAME.matcher(host).matches() || IPV6.matcher(host).matches())) {
      leaveOut("host " + shown(host) + " (expected: a name or an IP address)");
    } else if (port < 1 || port > 65535) {
      leaveOut("port " + port + " (expected: 1 to 65535)");
    } else {
      Endpoint endpoint =
          new Endpoint(spoken == null ? scheme : spoken, host, (int) port, basePath);
      add(endpoint, weight, zone, labels, state);
    }
  }

  /** Adds an instance at an address that has been read already, such as a URL in a file. */
  public void add(
      Endpoint endpoint, long weight, String zone, Map<String, String> labels, State state) {
    if (labels.size() > MOST_LABELS || tooLong(zone) || tooLong(labels)) {
      leaveOut(endpoint + ": zone or labels (expected: up to " + MOST_LABELS
          + " labels, texts of up to " + LONGEST_TEXT + " characters)");
    } else if (instances.size() >= MOST) {
      leaveOut("more than " + MOST + " instances");
    } else {
      int share = (int) Math.max(0, Math.min(ServiceInstance.MAX_WEIGHT, weight));
      if (instances.putIfAbsent(endpoint, new ServiceInstance(endpoint, share, zone, labels, state))
          != null) {
        leaveOut(endpoint + ": told twice");
      }
    }
  }

  /** Counts an entry that is no instance. */
  public void leaveOut(String problem) {
    leftOut++;
    if (firstProblem == null) {
      firstProblem = problem;
    }
  }

  /** Those that can be used, each with an address of its own. */
  public Collection<ServiceInstance> instances() {
    return instances.values();
  }

  /** The same, by their addresses; a view. */
  Map<Endpoint, ServiceInstance> byEndpoint() {
    return Collections.unmodifiableMap(instances);
  }

  /** How many entries could not be used. */
  public int leftOut() {
    return leftOut;
  }

  /** What was wrong with the first entry that could not be used; null where all could. */
  public @Nullable String firstProblem() {
    return firstProblem;
  }

  private static boolean tooLong(Map<String, String> labels) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (tooLong(label.getKey()) || tooLong(label.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean tooLong(String text) {
    return text.length() > LONGEST_TEXT;
  }

  private static String shown(@Nullable String text) {
    if (text == null) {
      return "missing";
    }
    String start = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return "\"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
