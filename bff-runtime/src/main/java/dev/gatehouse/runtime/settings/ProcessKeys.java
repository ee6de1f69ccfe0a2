package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.LogFormat;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What concerns the process as a whole. */
final class ProcessKeys {
  static final ValueType<String> HOST = ValueTypes.text(
      "a host name or an IP address to bind, such as 127.0.0.1",
      Pattern.compile("[A-Za-z0-9._:%-]{1,255}"));

  static final Setting<Duration> DRAIN = Setting.of(
      Section.PROCESS,
      "drain",
      ValueTypes.duration(Duration.ZERO, Duration.ofMinutes(10)),
      Duration.ofSeconds(10),
      "How long requests under way may take to finish when the process is asked to stop.");
  static final Setting<Duration> WARM_UP = Setting.of(
      Section.PROCESS,
      "warm-up",
      ValueTypes.duration(Duration.ZERO, Duration.ofMinutes(1)),
      Duration.ofSeconds(1),
      "How long the process may exercise itself, calling no service, before it opens; 0 for not at all.");
  static final Setting<Duration> RELOAD_INTERVAL = Setting.of(
      Section.PROCESS,
      "reload-interval",
      ValueTypes.duration(Duration.ZERO, Duration.ofHours(1)),
      Duration.ofSeconds(5),
      "How often the process looks whether the configuration file has changed; 0 for never. "
          + "See [Changing policies at run time](mesh.md#changing-policies-at-run-time).");
  static final Setting<Boolean> DEVELOPMENT = Setting.of(
      Section.PROCESS,
      "development",
      ValueTypes.flag(),
      false,
      "Whether pages that help developers are served, such as a browsable API description.");
  static final Setting<LogFormat> LOG_FORMAT = Setting.of(
      Section.PROCESS,
      "log-format",
      ValueTypes.choice(LogFormat.class),
      LogFormat.TEXT,
      "How the access log and the log of failures hand over what they tell: as text, or as key-value pairs for an encoder that writes JSON.");
  static final Setting<String> ZONE = Setting.of(
      Section.PROCESS,
      "zone",
      ValueTypes.text("a name, such as eu-west-1a", Pattern.compile("[A-Za-z0-9._/-]{0,64}")),
      "",
      "Where the process runs: instances of services in the same zone are preferred. Empty for no preference.");
  static final Setting<Boolean> MANAGEMENT_ENABLED = Setting.of(
      Section.MANAGEMENT,
      "enabled",
      ValueTypes.flag(),
      true,
      "Whether the operator's listener is opened.");
  static final Setting<String> MANAGEMENT_HOST = Setting.of(
      Section.MANAGEMENT,
      "host",
      HOST,
      "127.0.0.1",
      "The address that the operator's listener binds. It has no access control of its own: keep it off public networks.");
  static final Setting<Integer> MANAGEMENT_PORT = Setting.of(
      Section.MANAGEMENT,
      "port",
      ValueTypes.number(0, 65535),
      9090,
      "The port of the operator's listener; 0 for any that is free.");

  static final List<Setting<?>> ALL = List.of(
      DRAIN,
      WARM_UP,
      RELOAD_INTERVAL,
      DEVELOPMENT,
      LOG_FORMAT,
      ZONE,
      MANAGEMENT_ENABLED,
      MANAGEMENT_HOST,
      MANAGEMENT_PORT);

  private ProcessKeys() {}
}
