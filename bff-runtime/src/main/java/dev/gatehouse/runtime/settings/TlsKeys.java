package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.IdentityPolicy;
import dev.gatehouse.runtime.tls.SpiffeIds;
import dev.gatehouse.runtime.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is believed to be a service, and who calls it: once for all services, and for each what it does in another way. */
final class TlsKeys {
  private static final ValueType<String> PATH =
      ValueTypes.text("the path of a file", Pattern.compile("\\P{Cntrl}+"));
  private static final ValueType<String> PASSWORD =
      ValueTypes.text("text", Pattern.compile("\\P{Cntrl}+"));
  private static final ValueType<Boolean> FLAG = ValueTypes.flag();
  private static final ValueType<Duration> INTERVAL =
      ValueTypes.duration(Duration.ofMillis(100), Duration.ofHours(1));
  private static final ValueType<List<String>> IDS = ValueTypes.list(
      "list of SPIFFE ids",
      "ids such as spiffe://shop.example/ns/prod/sa/catalog, or with /* at the end for all below",
      TlsKeys::id,
      id -> id,
      ids -> ids);

  static final Setting<String> TRUST = mesh(
      "trust",
      PATH,
      null,
      "A PEM or PKCS#12 file with the certificates to trust; those that the JDK trusts where not given.");
  static final Setting<String> CERTIFICATE = mesh(
      "certificate",
      PATH,
      null,
      "A file with the certificate to show services: PEM, or PKCS#12 with its key; none is shown where not given.");
  static final Setting<String> KEY = mesh(
      "key",
      PATH,
      null,
      "A PEM file with that certificate's key, where it does not stand in the same file.");
  static final Setting<String> PASSWORD_FILE =
      mesh("password-file", PATH, null, "A file with the password of the files above.");
  static final Setting<String> PASSWORD_TEXT = secret(
      Section.MESH, "tls.password", "That password itself, where it cannot be had from a file.");
  static final Setting<Boolean> VERIFY_HOST = mesh(
      "verify-host",
      FLAG,
      TlsSettings.DEFAULT.verifyHost(),
      "Whether a certificate must be for the host that was asked for.");
  static final Setting<Duration> WATCH_INTERVAL = mesh(
      "watch-interval",
      INTERVAL,
      TlsSettings.DEFAULT.watchInterval(),
      "How often the files are looked at; what has changed is used from then on.");

  static final Setting<String> SERVICE_TRUST = service("trust", PATH, "trust");
  static final Setting<String> SERVICE_CERTIFICATE = service("certificate", PATH, "certificate");
  static final Setting<String> SERVICE_KEY = service("key", PATH, "key");
  static final Setting<String> SERVICE_PASSWORD_FILE =
      service("password-file", PATH, "password-file");
  static final Setting<String> SERVICE_PASSWORD_TEXT =
      secret(Section.SERVICE, "tls.password", "As `mesh.tls.password`, for this service.");
  static final Setting<Boolean> SERVICE_VERIFY_HOST = service("verify-host", FLAG, "verify-host");
  static final Setting<List<String>> SERVICE_SPIFFE_IDS = Setting.of(
      Section.SERVICE,
      "tls.spiffe-ids",
      IDS,
      List.of(),
      "The SPIFFE ids that the service may have, `/*` at the end for all below; then its host is not verified.");

  static final List<Setting<?>> ALL = List.of(
      TRUST,
      CERTIFICATE,
      KEY,
      PASSWORD_FILE,
      PASSWORD_TEXT,
      VERIFY_HOST,
      WATCH_INTERVAL,
      SERVICE_TRUST,
      SERVICE_CERTIFICATE,
      SERVICE_KEY,
      SERVICE_PASSWORD_FILE,
      SERVICE_PASSWORD_TEXT,
      SERVICE_VERIFY_HOST);

  /** What may change while the process runs. */
  static final List<Setting<?>> POLICY = List.of(SERVICE_SPIFFE_IDS);

  private TlsKeys() {}

  static TlsSettings read(Values values, String name) {
    boolean verifyHost = values.get(SERVICE_VERIFY_HOST, name, VERIFY_HOST);
    String trust = values.find(SERVICE_TRUST, name, TRUST);
    String certificate = values.find(SERVICE_CERTIFICATE, name);
    String key = values.find(SERVICE_KEY, name);
    boolean own = certificate != null || key != null; // which go together
    return new TlsSettings(
        trust,
        own ? certificate : values.find(CERTIFICATE, ""),
        own ? key : values.find(KEY, ""),
        values.find(SERVICE_PASSWORD_TEXT, name, PASSWORD_TEXT),
        values.find(SERVICE_PASSWORD_FILE, name, PASSWORD_FILE),
        verifyHost,
        values.get(WATCH_INTERVAL, ""));
  }

  static IdentityPolicy identity(Values values, String name) {
    return new IdentityPolicy(values.get(SERVICE_SPIFFE_IDS, name));
  }

  private static String id(String text) {
    if (!SpiffeIds.isExpected(text)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static <T> Setting<T> mesh(
      String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return Setting.of(Section.MESH, "tls." + leaf, type, byDefault, description);
  }

  private static <T> Setting<T> service(String leaf, ValueType<T> type, String process) {
    return Setting.of(
        Section.SERVICE,
        "tls." + leaf,
        type,
        null,
        "As `mesh.tls." + process + "`, for this service.");
  }

  private static Setting<String> secret(Section section, String leaf, String description) {
    return new Setting<>(section, leaf, PASSWORD, null, description, true);
  }
}
