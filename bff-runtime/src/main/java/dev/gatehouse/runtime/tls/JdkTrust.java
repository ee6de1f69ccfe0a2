package dev.gatehouse.runtime.tls;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the JDK trusts, and no certificate of our own; read when it is first needed, as most services are called without TLS. */
final class JdkTrust implements TlsSource {
  private final TlsReader reader;
  private @Nullable TlsMaterial material;

  JdkTrust(TlsReader reader) {
    this.reader = reader;
  }

  @Override
  public synchronized TlsMaterial current() {
    TlsMaterial known = material;
    if (known == null) {
      try {
        known = reader.read(TlsContents.NONE);
      } catch (TlsException e) {
        throw new IllegalStateException(e);
      }
      material = known;
    }
    return known;
  }

  @Override
  public Runnable listen(Consumer<TlsMaterial> listener) {
    return () -> {};
  }
}
