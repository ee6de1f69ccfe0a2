package dev.gatehouse.runtime.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls to a service are sent. Immutable.
 *
 * @param rules the first that fits a call holds for it; a call that none fits goes to any instance of the service
 */
public record RoutePolicy(List<Rule> rules) {
  /** No rules. */
  public static final RoutePolicy OFF = new RoutePolicy(List.of());

  /**
   * One rule.
   *
   * @param name for meters; unique in its service
   * @param match which calls it fits
   * @param split where they are sent; never empty
   * @param sticky what keeps calls on the side where others like them are; null where chance decides about each call
   * @param mirror where copies are sent; null for none
   * @param failOver where calls are sent that fail, in order
   */
  public record Rule(
      String name,
      Match match,
      List<Side> split,
      @Nullable Sticky sticky,
      @Nullable Mirror mirror,
      List<FailOver> failOver) {
    public Rule {
      split = List.copyOf(split);
      failOver = List.copyOf(failOver);
    }

    /** Everywhere that it may send a call. */
    public Stream<Target> targets() {
      return Stream.of(
              split.stream().map(Side::target),
              mirror == null ? Stream.<Target>empty() : Stream.of(mirror.target()),
              failOver.stream().map(FailOver::target))
          .flatMap(each -> each);
    }
  }

  /**
   * What a call must be like; all of it.
   *
   * @param operations names such as {@code GET /products/{id}}, one of which it has; empty for any
   * @param path of the call, without the query; null for any
   * @param headers of the request from outside, by name in lower case
   * @param cookies of the request from outside, by name
   * @param subject of the caller; null for any, and for none
   * @param claims about the caller, by name; the name of one inside another has a dot between them
   */
  public record Match(
      Set<String> operations,
      @Nullable TextMatch path,
      Map<String, TextMatch> headers,
      Map<String, TextMatch> cookies,
      @Nullable TextMatch subject,
      Map<String, TextMatch> claims) {
    /** Fits every call. */
    public static final Match ALL = new Match(Set.of(), null, Map.of(), Map.of(), null, Map.of());

    public Match {
      operations = Set.copyOf(operations);
      headers = Map.copyOf(headers);
      cookies = Map.copyOf(cookies);
      claims = Map.copyOf(claims);
    }
  }

  /**
   * What a text must be like.
   *
   * @param value of no meaning where it must only be there
   */
  public record TextMatch(Kind kind, String value) {
    /** Ways to compare. */
    public enum Kind {
      /** The same, character by character. */
      EXACT,
      /** Begins with it. */
      PREFIX,
      /** A regular expression fits all of it. */
      REGEX,
      /** Is there at all. */
      PRESENT
    }
  }

  /**
   * A place to send calls to. Rules of the service that is named do not apply to them, so there are no loops.
   *
   * @param service null for the one that was called
   * @param subset labels that an instance must have; empty for any instance
   * @param host the {@code Host} to send; null for the service's
   * @param path what becomes of the path; null where it stays
   */
  public record Target(
      @Nullable String service,
      Map<String, String> subset,
      @Nullable String host,
      @Nullable PathRewrite path) {
    /** Any instance of the service that was called. */
    public static final Target SAME = new Target(null, Map.of(), null, null);

    public Target {
      subset = Map.copyOf(subset);
    }
  }

  /**
   * Replaces the beginning of a path, in whole segments.
   *
   * @param from such as {@code /v1}
   * @param to such as {@code /api/v2}
   */
  public record PathRewrite(String from, String to) {}

  /** A side of a split, with its share of the sum of all weights. */
  public record Side(int weight, Target target) {}

  /**
   * What calls have in common that belong on one side.
   *
   * @param name of the header or cookie; empty for the caller
   */
  public record Sticky(By by, String name) {
    /** Kinds of things in common. */
    public enum By {
      /** The caller's subject. */
      CALLER,
      /** A header of the request from outside. */
      HEADER,
      /** A cookie of the request from outside. */
      COOKIE
    }
  }

  /**
   * Copies of calls, whose answers are thrown away.
   *
   * @param percent the share of calls; more than 0, at most 100
   * @param unsafe whether calls are copied, too, that may change something
   * @param timeout of a copy
   * @param concurrency the most copies under way at once, per BFF instance; no more are made then
   */
  public record Mirror(
      Target target, double percent, boolean unsafe, Duration timeout, int concurrency) {}

  /**
   * Another place for calls that failed.
   *
   * @param on how
   */
  public record FailOver(Set<Condition> on, Target target) {
    /** What leads to it where nothing else is said: the call was not sent, or there was no connection. */
    public static final Set<Condition> DEFAULT_ON =
        Set.of(Condition.REFUSED, Condition.UNREACHABLE);

    public FailOver {
      on = Set.copyOf(on);
    }
  }

  /** Ways for a call to fail. */
  public enum Condition {
    /** Not sent: no endpoint, an open circuit breaker, or a limit of the BFF's own. */
    REFUSED,
    /** No connection, or it broke. */
    UNREACHABLE,
    /** No answer in an attempt's time. */
    TIMED_OUT,
    /** An answer of 5xx, or one that is malformed or breaks off. */
    SERVER_ERROR
  }

  public RoutePolicy {
    rules = List.copyOf(rules);
  }

  public boolean enabled() {
    return !rules.isEmpty();
  }

  /** The other services that it leads to. */
  public Set<String> services() {
    return rules.stream()
        .flatMap(Rule::targets)
        .map(Target::service)
        .filter(service -> service != null)
        .collect(Collectors.toUnmodifiableSet());
  }
}
