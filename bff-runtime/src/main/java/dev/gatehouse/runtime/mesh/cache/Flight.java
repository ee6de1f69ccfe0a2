package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.mesh.cache.OuterAnswers.Found;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.netty.util.AsciiString;
import io.vertx.core.Completable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A look into the outer store where there is one, then one call to the service, and all those that wait for what comes of it. It ends by
 * the deadline of the first of them; those that have more time then fly once more. It is given up when the last of them has left.
 */
final class Flight extends TimerWheel.Entry implements Completable<UpstreamResponse> {
  private static final AsciiString IF_NONE_MATCH = AsciiString.cached("if-none-match");
  private static final AsciiString IF_MODIFIED_SINCE = AsciiString.cached("if-modified-since");
  private static final int NOT_MODIFIED = 304;
  private static final int TOO_MANY_REQUESTS = 429;
  /** What a call whose answer can be stood in for leaves of its time, so that there is some to use it in. */
  private static final long MOST_RESERVE_NANOS = 100_000_000;

  private static final int RESERVED_SHARE = 10;

  private final Caching cache;
  private final CallKey key;
  private final UpstreamRequest first;
  private final boolean covered;
  private final long epoch;
  private final List<Waiter> waiters = new ArrayList<>(1);
  private @Nullable StoredAnswer stored;
  private boolean background;
  /** What the outer store told; null where it was not asked, or took too long. */
  private @Nullable Found found;
  /** Null until it is sent. */
  private @Nullable UpstreamRequest call;

  private boolean conditional;
  private long sentMillis;
  private boolean looking;
  private boolean over;

  /**
   * @param covered whether the answer may be kept
   * @param stored what was kept and is no longer fresh
   * @param background whether it flies even if nobody waits
   */
  Flight(
      Caching cache,
      CallKey key,
      UpstreamRequest first,
      boolean covered,
      @Nullable StoredAnswer stored,
      boolean background) {
    this.cache = cache;
    this.key = key;
    this.first = first;
    this.covered = covered;
    this.stored = stored;
    this.background = background;
    this.epoch = cache.store().epoch(key);
  }

  private static List<Header> asking(List<Header> headers, StoredAnswer stored) {
    List<Header> asking = new ArrayList<>(headers);
    String tag = stored.entityTag();
    String modified = stored.lastModified();
    if (tag != null) {
      asking.add(new Header(IF_NONE_MATCH, tag));
    } else if (modified != null) {
      asking.add(new Header(IF_MODIFIED_SINCE, modified));
    }
    return asking;
  }

  private static long reserved(long deadlineNanos) {
    long left = deadlineNanos - System.nanoTime();
    return deadlineNanos - Math.min(MOST_RESERVE_NANOS, Math.max(0, left / RESERVED_SHARE));
  }

  CallKey key() {
    return key;
  }

  /**
   * Whether one who comes now may wait for it: nothing was changed since it began, also by another event loop, and it does not end much
   * sooner than he would have to, as what it gives up for want of time he need not.
   */
  boolean takes(UpstreamRequest request) {
    long now = System.nanoTime();
    return epoch == cache.store().epoch(key)
        && deadlineNanos() - now >= (request.deadlineNanos() - now) / 2;
  }

  void join(Waiter waiter) {
    waiters.add(waiter);
    waiter.board(this, deadlineNanos());
  }

  private long deadlineNanos() {
    UpstreamRequest sent = call;
    return sent == null ? first.deadlineNanos() : sent.deadlineNanos();
  }

  void start() {
    OuterAnswers outer = covered ? cache.outer() : null;
    if (waiters.isEmpty() && !background) {
      end();
    } else if (outer == null) {
      send();
    } else {
      look(outer);
    }
  }

  /** The look may take half of the time there is, and no longer than the store's. */
  private void look(OuterAnswers outer) {
    looking = true;
    long now = System.nanoTime();
    long half = (first.deadlineNanos() - now) / 2;
    if (half < outer.timeout().toNanos()) {
      cache.context().timers().schedule(this, now + half);
    }
    outer.find(key).onComplete(this::looked);
  }

  /** There is no more time to look. */
  @Override
  protected void expired() {
    if (looking) {
      looking = false;
      send();
    }
  }

  private void looked(@Nullable Found told, @Nullable Throwable never) {
    if (!looking) {
      return;
    }
    looking = false;
    cache.context().timers().cancel(this);
    found = told;
    StoredAnswer outside = told == null ? null : told.answer();
    if (outside == null
        || (stored != null && stored.datedMillis() >= outside.datedMillis())
        || !cache.store().put(key, outside, epoch)) {
      send();
      return;
    }
    stored = outside;
    long now = cache.nowMillis();
    if (outside.isFresh(now)) {
      cache.meters().outerHits.increment();
      end();
      tell(outside.response(now));
    } else if (outside.isUsableWhileRevalidating(now)) {
      background = true;
      waiters.forEach(waiter -> cache.meters().staleWhileRevalidate.increment());
      tell(outside.response(now));
      send();
    } else {
      send();
    }
  }

  private void send() {
    StoredAnswer old = stored;
    conditional = old != null && old.hasValidator();
    sentMillis = cache.nowMillis();
    UpstreamRequest asked = background ? first.later() : first;
    UpstreamRequest sent = asked.attempt(
        old != null && cache.mayStandIn(old)
            ? reserved(asked.deadlineNanos())
            : asked.deadlineNanos(),
        old != null && conditional ? asking(first.headers(), old) : first.headers());
    call = sent;
    cache.next().send(sent).onComplete(this);
  }

  /** Somebody waits no longer. */
  void leave(Waiter waiter) {
    waiters.remove(waiter);
    if (waiters.isEmpty() && !background && !over) {
      cancel(new UpstreamException(
          FailureClass.CANCELLED, first.operation().name() + ": nobody waits for the answer"));
    }
  }

  void cancel(UpstreamException reason) {
    end();
    UpstreamRequest sent = call;
    if (sent != null) {
      sent.cancel(reason);
    }
  }

  private void end() {
    over = true;
    looking = false;
    cache.context().timers().cancel(this);
    cache.ended(this);
  }

  @Override
  public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
    if (over) {
      return; // cancelled
    }
    end();
    if (response == null) {
      failed(failure);
    } else if (!covered) {
      tell(response);
    } else {
      answered(response);
    }
  }

  private void answered(UpstreamResponse response) {
    int status = response.status();
    UpstreamResponse stale =
        status >= 500 || status == TOO_MANY_REQUESTS ? standIn(FailureClass.of(status)) : null;
    if (stale != null) {
      tell(stale);
    } else if (status == NOT_MODIFIED && stored != null && conditional) {
      cache.meters().revalidated.increment();
      UpstreamResponse merged = StoringRules.merge(stored, response);
      StoredAnswer kept = cache.keep(key, first, merged, sentMillis, epoch, found);
      if (kept == null) {
        cache.forget(key, found);
      }
      tell(kept == null ? merged : kept.response(cache.nowMillis()));
    } else {
      cache.meters().misses.increment();
      StoredAnswer kept = cache.keep(key, first, response, sentMillis, epoch, found);
      if (kept == null && stored != null && status < 500) {
        cache.forget(key, found);
      }
      tell(response);
    }
  }

  private void failed(@Nullable Throwable failure) {
    FailureClass why =
        failure instanceof UpstreamException known ? known.failureClass() : FailureClass.INTERNAL;
    UpstreamResponse stale = switch (why) {
      case UNREACHABLE, TIMED_OUT, REFUSED, SERVER_ERROR, NONSENSE -> standIn(why);
      default -> null;
    };
    if (stale != null) {
      tell(stale);
      return;
    }
    List<Waiter> again = new ArrayList<>(0);
    for (Waiter waiter : List.copyOf(waiters)) {
      if (why == FailureClass.TIMED_OUT && waiter.request().deadlineNanos() - deadlineNanos() > 0) {
        waiter.alight();
        again.add(waiter);
      } else {
        waiter.end(null, failure);
      }
    }
    waiters.clear();
    if (!again.isEmpty()) {
      cache.flyAgain(key, again, covered);
    }
  }

  private void tell(UpstreamResponse response) {
    List<Waiter> told = waiters.size() == 1 ? waiters : List.copyOf(waiters);
    for (int i = 0; i < told.size(); i++) {
      told.get(i).end(response, null);
    }
    waiters.clear();
  }

  /** What was kept, where it may be used though the service failed; else null. */
  @Nullable UpstreamResponse standIn(FailureClass why) {
    StoredAnswer old = stored;
    if (old == null || !cache.mayStandIn(old)) {
      return null;
    }
    cache.meters().staleIfError.increment();
    return old.standIn(cache.nowMillis(), why);
  }
}
