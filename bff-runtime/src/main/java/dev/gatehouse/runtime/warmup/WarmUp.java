package dev.gatehouse.runtime.warmup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a small composition over HTTP again and again, so that classes are loaded and compiled before the first user waits for them.
 * No service is called: the rehearsal has one of its own, on a port of the loopback address that is closed afterwards.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  /**
   * Warms this process up.
   *
   * @param atMost how long it may take; zero for not at all
   * @return always succeeds: a process that could not warm up is merely cold
   */
  public static Future<Void> of(Vertx vertx, Duration atMost) {
    if (atMost.isZero()) {
      return Future.succeededFuture();
    }
    Rehearsal rehearsal = new Rehearsal(atMost);
    return vertx
        .deployVerticle(rehearsal)
        .compose(deployment -> rehearsal.ended().eventually(() -> vertx.undeploy(deployment)))
        .onSuccess(rounds -> LOG.debug("warm after {} rounds", rounds))
        .<Void>mapEmpty()
        .recover(e -> {
          LOG.info(
              "The process could not warm up, so its first answers will be slow: {}", e.toString());
          return Future.succeededFuture();
        });
  }
}
