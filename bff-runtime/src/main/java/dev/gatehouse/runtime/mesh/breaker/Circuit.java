package dev.gatehouse.runtime.mesh.breaker;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Vert.x Circuit Breaker as what it is good at: closed, open for a time, half-open, each change told once. The counting is ours,
 * because its own starts anew with every success, so that two failures in three would never open it; and calls do not go through its
 * {@code execute}, which takes a lock and makes several futures for each.
 *
 * <p>How long one is open is fixed when it is made, so there is a new one each time that changes.
 */
final class Circuit {
  private final Vertx vertx;
  private final String name;
  private final Runnable halfOpened;
  private CircuitBreaker breaker;
  private CircuitBreakerState state = CircuitBreakerState.CLOSED;
  private long openMillis;
  private boolean forgotten;

  /**
   * @param halfOpened told when it has been open for its time
   */
  Circuit(Vertx vertx, String name, Runnable halfOpened) {
    this.vertx = vertx;
    this.name = name;
    this.halfOpened = halfOpened;
    this.openMillis = 1;
    this.breaker = make();
  }

  CircuitBreakerState state() {
    return state;
  }

  /** Opens it, unless it is open already. */
  void open(Duration openFor) {
    if (openMillis != Math.max(1, openFor.toMillis())) {
      openMillis = Math.max(1, openFor.toMillis());
      breaker.close();
      breaker = make();
    }
    breaker.open();
  }

  /** Closes it, whatever it is. */
  void close() {
    if (state == CircuitBreakerState.HALF_OPEN) {
      breaker.reset();
    } else if (state == CircuitBreakerState.OPEN) {
      // Vert.x does not let an open one be closed. The old one's timer will find it forgotten.
      breaker.close();
      breaker = make();
      state = CircuitBreakerState.CLOSED;
    }
  }

  /** Tells of no change any more. */
  void forget() {
    breaker.close();
    forgotten = true;
  }

  private CircuitBreaker make() {
    CircuitBreaker made = CircuitBreaker.create(
        name,
        vertx,
        new CircuitBreakerOptions().setResetTimeout(openMillis).setNotificationAddress(null));
    made.openHandler(opened -> become(made, CircuitBreakerState.OPEN));
    made.closeHandler(closed -> become(made, CircuitBreakerState.CLOSED));
    made.halfOpenHandler(halfOpen -> {
      if (become(made, CircuitBreakerState.HALF_OPEN)) {
        halfOpened.run();
      }
    });
    return made;
  }

  private boolean become(CircuitBreaker from, CircuitBreakerState next) {
    boolean current = from == breaker && !forgotten;
    if (current) {
      state = next;
    }
    return current;
  }
}
