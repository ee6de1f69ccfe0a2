package dev.gatehouse.runtime.mesh.cache.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Several questions that were asked at once, and their replies. Confined to one event loop. */
final class Asked {
  private final @Nullable Response[] replies;
  private final @Nullable Throwable[] refusals;
  private final Promise<Asked> answer = Promise.promise();
  private int left;

  Asked(int questions) {
    this.replies = new @Nullable Response[questions];
    this.refusals = new @Nullable Throwable[questions];
    this.left = questions;
  }

  /** Whether Redis itself says that something went wrong. */
  static boolean isReply(Throwable e) {
    return e instanceof ErrorType;
  }

  /** Whether there was no reply in time. */
  static boolean isLate(Throwable e) {
    return e instanceof TimeoutException;
  }

  Future<Asked> answer() {
    return answer.future();
  }

  boolean isOpen() {
    return left > 0;
  }

  /** Whether that was the last reply. */
  boolean replied(int number, @Nullable Response reply, @Nullable Throwable refusal) {
    replies[number] = reply;
    refusals[number] = refusal;
    left--;
    return left == 0;
  }

  void told() {
    answer.complete(this);
  }

  void fail(Throwable why) {
    left = 0;
    answer.fail(why);
  }

  void late(String why) {
    fail(new TimeoutException(why));
  }

  /** The bytes of a reply; null where there are none, or it was refused. */
  byte @Nullable [] bytes(int number) {
    Response reply = replies[number];
    return reply == null ? null : reply.toBytes();
  }

  /** Why it was refused; null where it was not. */
  @Nullable String refusal(int number) {
    Throwable refusal = refusals[number];
    return refusal == null ? null : String.valueOf(refusal.getMessage());
  }

  /** The first refusal there is. */
  @Nullable String refusal() {
    for (int i = 0; i < refusals.length; i++) {
      if (refusals[i] != null) {
        return refusal(i);
      }
    }
    return null;
  }
}
