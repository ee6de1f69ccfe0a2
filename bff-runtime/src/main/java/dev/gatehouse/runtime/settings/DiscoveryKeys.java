package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceSettings;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a service's instances are found, and how its source is spoken to. */
final class DiscoveryKeys {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** A kind of source. */
  enum Type {
    FILE,
    DNS,
    KUBERNETES,
    CONSUL,
    ZOOKEEPER,
    REDIS
  }

  static final Setting<Type> TYPE = service(
      "type",
      ValueTypes.choice(Type.class),
      null,
      "Where its instances are found, instead of `endpoints`.");
  static final Setting<String> NAME = service(
      "name",
      ValueTypes.text("a name of up to 253 characters", Pattern.compile("[^\\s\\p{Cntrl}]{1,253}")),
      null,
      "What it is called there; its logical name where not given. In Kubernetes `NAMESPACE/SERVICE` works, too.");
  static final Setting<String> PORT = service(
      "port",
      ValueTypes.text(
          "1 to 65535, or the name of a port", Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}")),
      null,
      "Which of its ports: a number, or in Kubernetes a name; what the source says where not given.");
  static final Setting<Scheme> SCHEME = service(
      "scheme",
      ValueTypes.choice(Scheme.class),
      Scheme.HTTP,
      "How its instances are spoken to, where the source does not say.");
  static final Setting<String> PATH = service(
      "path",
      ValueTypes.text("a path such as /v2", Pattern.compile("(/[A-Za-z0-9._~%!$&'()*+,;=:@-]+)+")),
      null,
      "What comes before every path.");
  static final Setting<Duration> KEEP_LAST = process(
      "keep-last",
      ValueTypes.duration(Duration.ZERO, Duration.ofHours(24)),
      ServiceLookup.KEEP_LAST,
      "How long the last instances of a service are kept once its source says that there are none. While a source cannot be asked, they"
          + " are kept without end.");
  static final Setting<Duration> START_TIMEOUT = process(
      "start-timeout",
      ValueTypes.duration(MILLISECOND, Duration.ofMinutes(5)),
      ServiceLookup.START_TIMEOUT,
      "How long the start waits for the first answers of sources; after that, a BFF opens without.");

  static final List<Setting<?>> ALL = Stream.of(
          List.<Setting<?>>of(TYPE, NAME, PORT, SCHEME, PATH, KEEP_LAST, START_TIMEOUT),
          SourceKeys.ALL)
      .flatMap(List::stream)
      .toList();

  private DiscoveryKeys() {}

  /** How a service is found; null where its type, or what that type needs, is missing or wrong, which is a problem then. */
  static @Nullable ServiceLookup read(Values values, String service) {
    Type type = values.find(TYPE, service);
    SourceSettings source = type == null ? null : SourceKeys.read(values, service, type);
    String name = values.find(NAME, service);
    String port = values.find(PORT, service);
    String path = values.find(PATH, service);
    if (type == Type.DNS && port != null && !port.matches("[0-9]{1,5}")) {
      values.problem(PORT.key(service) + ": " + port
          + " (expected: 1 to 65535 for addresses; none for SRV records, which name the port)");
    }
    if (source == null) {
      return null;
    }
    return new ServiceLookup(
        source,
        name == null ? service : name,
        port == null ? "" : port,
        values.get(SCHEME, service),
        path == null ? "" : path,
        values.get(KEEP_LAST, ""),
        values.get(START_TIMEOUT, ""));
  }

  private static <T> Setting<T> service(
      String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return Setting.of(Section.SERVICE, "discovery." + leaf, type, byDefault, description);
  }

  private static <T> Setting<T> process(
      String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return Setting.of(Section.DISCOVERY, leaf, type, byDefault, description);
  }
}
