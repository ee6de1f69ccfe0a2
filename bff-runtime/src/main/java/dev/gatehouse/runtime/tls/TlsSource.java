package dev.gatehouse.runtime.tls;

import java.util.function.Consumer;

/** Where TLS material comes from, such as files or a control plane. Thread-safe. */
public interface TlsSource {

  /** What holds now. */
  TlsMaterial current();

  /**
   * Has {@code listener} told of every change from now on, on whatever thread brings it.
   *
   * @return ends that
   */
  Runnable listen(Consumer<TlsMaterial> listener);
}
