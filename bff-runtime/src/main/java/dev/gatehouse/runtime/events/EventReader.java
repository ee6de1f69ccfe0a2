package dev.gatehouse.runtime.events;

import dev.gatehouse.runtime.upstream.UpstreamException;
import org.jspecify.annotations.Nullable;

/** Is told what a source gives, on the event loop, and never before the subscription was returned. */
public interface EventReader {

  /**
   * One event.
   *
   * @param json what the source gave, not looked at: it may be no JSON at all
   */
  void event(byte[] json);

  /**
   * There are no more.
   *
   * @param failure why; null where the source ended in order
   */
  void ended(@Nullable UpstreamException failure);
}
