package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.SourceSettings;
import dev.gatehouse.runtime.discovery.consul.ConsulSettings;
import dev.gatehouse.runtime.discovery.dns.DnsSettings;
import dev.gatehouse.runtime.discovery.dns.DnsSettings.Addresses;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import dev.gatehouse.runtime.discovery.kubernetes.KubernetesSettings;
import dev.gatehouse.runtime.discovery.redis.RedisSettings;
import dev.gatehouse.runtime.discovery.zookeeper.ZookeeperSettings;
import dev.gatehouse.runtime.settings.DiscoveryKeys.Type;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the sources of instances are. Nothing here is dialled unless a service names its type. */
final class SourceKeys {
  private static final Pattern PATH = Pattern.compile("\\P{Cntrl}+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static final Setting<Duration> TIMEOUT = process(
      "timeout",
      ValueTypes.duration(Duration.ofMillis(100), HOUR),
      SourceSettings.TIMEOUT,
      "How long Consul, Kubernetes or Redis may take for an answer before it counts as failed.");

  static final Setting<List<String>> FILE = process(
      "file",
      texts("list of paths", "paths of YAML or JSON files", PATH),
      null,
      "Files that list the instances of services of type `file`; changes are followed within a second.");

  static final Setting<List<String>> DNS_SERVERS = process(
      "dns.servers",
      texts(
          "list of IP addresses",
          "IP addresses, with or without a port, such as 10.0.0.2:53",
          Pattern.compile("[0-9.]+(:[0-9]{1,5})?|[0-9A-Fa-f:]+|\\[[0-9A-Fa-f:]+](:[0-9]{1,5})?")),
      null,
      "The DNS servers to ask, in this order; the system's where not given.");
  static final Setting<Addresses> DNS_ADDRESSES = process(
      "dns.addresses",
      ValueTypes.choice(Addresses.class),
      DnsSettings.DEFAULT.addresses(),
      "Which addresses of a name count.");
  static final Setting<Duration> DNS_MIN_TTL = process(
      "dns.min-ttl",
      ValueTypes.duration(Duration.ofMillis(100), HOUR),
      DnsSettings.DEFAULT.minTtl(),
      "The least time between two questions, whatever an answer's time to live.");
  static final Setting<Duration> DNS_MAX_TTL = process(
      "dns.max-ttl",
      ValueTypes.duration(Duration.ofMillis(100), Duration.ofHours(24)),
      DnsSettings.DEFAULT.maxTtl(),
      "The longest time between two questions, whatever an answer's time to live.");

  static final Setting<List<Endpoint>> CONSUL_URL = process(
      "consul.url",
      ValueTypes.endpoints(),
      null,
      "The HTTP API of a Consul agent, such as `http://127.0.0.1:8500`.");
  static final Setting<String> CONSUL_TOKEN =
      secret("consul.token", "an ACL token", "The ACL token to show; none where not given.");
  static final Setting<String> CONSUL_DATACENTER = process(
      "consul.datacenter",
      ValueTypes.text("a name", WORD),
      null,
      "The datacenter to ask for; the agent's own where not given.");
  static final Setting<String> CONSUL_TRUST = process(
      "consul.trust",
      ValueTypes.text("the path of a PEM file", PATH),
      null,
      "A PEM file with the certificates to trust; those that the JDK trusts where not given.");

  static final Setting<String> ZOOKEEPER_SERVERS = process(
      "zookeeper.servers",
      ValueTypes.text(
          "HOST:PORT, with commas between several",
          Pattern.compile("[^,\\s/]+:[0-9]{1,5}(,[^,\\s/]+:[0-9]{1,5})*")),
      null,
      "The ZooKeeper ensemble.");
  static final Setting<String> ZOOKEEPER_ROOT = process(
      "zookeeper.root",
      ValueTypes.text("a path such as /services", Pattern.compile("(/[^/\\p{Cntrl}]+)+")),
      ZookeeperSettings.ROOT,
      "The node above those of the services.");
  static final Setting<Duration> ZOOKEEPER_SESSION_TIMEOUT = process(
      "zookeeper.session-timeout",
      ValueTypes.duration(SECOND, Duration.ofMinutes(5)),
      ZookeeperSettings.SESSION_TIMEOUT,
      "After which a session that is cut off is over.");

  static final Setting<String> REDIS_URL = secret(
      "redis.url",
      "redis://[:PASSWORD@]HOST[:PORT][/DATABASE], or rediss://…",
      "A Redis in which services are sorted sets, such as `redis://127.0.0.1:6379`.");
  static final Setting<String> REDIS_PREFIX = process(
      "redis.prefix",
      ValueTypes.text("the beginning of keys", PATH),
      RedisSettings.PREFIX,
      "What the keys of services begin with.");
  static final Setting<Duration> REDIS_EVERY = process(
      "redis.every",
      ValueTypes.duration(Duration.ofMillis(50), HOUR),
      RedisSettings.EVERY,
      "The pause between two looks.");

  static final Setting<List<Endpoint>> KUBERNETES_URL = process(
      "kubernetes.url",
      ValueTypes.endpoints(),
      List.of(KubernetesSettings.IN_CLUSTER.url()),
      "The API server.");
  static final Setting<String> KUBERNETES_NAMESPACE = process(
      "kubernetes.namespace",
      ValueTypes.text("a namespace", WORD),
      null,
      "The namespace of services that name none; the pod's own where not given.");
  static final Setting<String> KUBERNETES_TOKEN_FILE = process(
      "kubernetes.token-file",
      ValueTypes.text("a path, or none", PATH),
      KubernetesSettings.IN_CLUSTER.tokenFile(),
      "A file with the token to show, read for each request; `none` for no token.");
  static final Setting<String> KUBERNETES_TRUST = process(
      "kubernetes.trust",
      ValueTypes.text("the path of a PEM file, or none", PATH),
      KubernetesSettings.IN_CLUSTER.trust(),
      "A PEM file with the certificates to trust; `none` for those that the JDK trusts.");

  static final List<Setting<?>> ALL = List.of(
      TIMEOUT,
      FILE,
      DNS_SERVERS,
      DNS_ADDRESSES,
      DNS_MIN_TTL,
      DNS_MAX_TTL,
      KUBERNETES_URL,
      KUBERNETES_NAMESPACE,
      KUBERNETES_TOKEN_FILE,
      KUBERNETES_TRUST,
      CONSUL_URL,
      CONSUL_TOKEN,
      CONSUL_DATACENTER,
      CONSUL_TRUST,
      ZOOKEEPER_SERVERS,
      ZOOKEEPER_ROOT,
      ZOOKEEPER_SESSION_TIMEOUT,
      REDIS_URL,
      REDIS_PREFIX,
      REDIS_EVERY);

  private SourceKeys() {}

  /** The source of a type; null where what it needs is missing, which is a problem then. */
  static @Nullable SourceSettings read(Values values, String service, Type type) {
    return switch (type) {
      case FILE -> {
        List<String> paths = needed(values, FILE, service, type);
        yield paths == null ? null : new FileSettings(paths, FileSettings.EVERY);
      }
      case DNS -> dns(values);
      case KUBERNETES ->
        new KubernetesSettings(
            values.get(KUBERNETES_URL, "").get(0),
            values.find(KUBERNETES_NAMESPACE, ""),
            orNone(values.get(KUBERNETES_TOKEN_FILE, "")),
            orNone(values.get(KUBERNETES_TRUST, "")),
            KubernetesSettings.IN_CLUSTER.watchTime(),
            values.get(TIMEOUT, ""));
      case CONSUL -> {
        List<Endpoint> url = needed(values, CONSUL_URL, service, type);
        yield url == null
            ? null
            : new ConsulSettings(
                url.get(0),
                values.find(CONSUL_TOKEN, ""),
                values.find(CONSUL_DATACENTER, ""),
                values.find(CONSUL_TRUST, ""),
                ConsulSettings.WAIT,
                values.get(TIMEOUT, ""));
      }
      case ZOOKEEPER -> {
        String servers = needed(values, ZOOKEEPER_SERVERS, service, type);
        yield servers == null
            ? null
            : new ZookeeperSettings(
                servers, values.get(ZOOKEEPER_ROOT, ""), values.get(ZOOKEEPER_SESSION_TIMEOUT, ""));
      }
      case REDIS -> {
        String url = needed(values, REDIS_URL, service, type);
        yield url == null
            ? null
            : new RedisSettings(
                url,
                values.get(REDIS_PREFIX, ""),
                values.get(REDIS_EVERY, ""),
                values.get(TIMEOUT, ""));
      }
    };
  }

  private static DnsSettings dns(Values values) {
    List<String> servers = values.find(DNS_SERVERS, "");
    return new DnsSettings(
        servers == null ? List.of() : servers,
        values.get(DNS_ADDRESSES, ""),
        values.get(DNS_MIN_TTL, ""),
        values.get(DNS_MAX_TTL, ""),
        DnsSettings.DEFAULT.timeout());
  }

  private static @Nullable String orNone(String path) {
    return path.equals("none") ? null : path;
  }

  private static <T> @Nullable T needed(
      Values values, Setting<T> setting, String service, Type type) {
    int before = values.problems().size();
    T value = values.find(setting, "");
    if (value == null && values.problems().size() == before) {
      values.problem(setting.key("") + ": missing (expected: " + setting.type().expected()
          + ", for " + DiscoveryKeys.TYPE.key(service) + ": "
          + DiscoveryKeys.TYPE.type().show(type) + ")");
    }
    return value;
  }

  private static ValueType<List<String>> texts(String name, String expected, Pattern pattern) {
    return ValueTypes.list(
        name,
        expected,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        },
        Function.identity(),
        List::copyOf);
  }

  private static Setting<String> secret(String leaf, String expected, String description) {
    return new Setting<>(
        Section.DISCOVERY,
        leaf,
        ValueTypes.text(expected, Pattern.compile("\\P{Cntrl}+")),
        null,
        description,
        true);
  }

  private static <T> Setting<T> process(
      String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return Setting.of(Section.DISCOVERY, leaf, type, byDefault, description);
  }
}
