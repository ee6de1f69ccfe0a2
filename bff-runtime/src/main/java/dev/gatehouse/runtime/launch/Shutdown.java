package dev.gatehouse.runtime.launch;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An orderly end on SIGTERM and SIGINT: requests under way finish, and the exit code says that all is well. */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
  /** For what comes after the last request: closing connections, and cutting off those that took too long. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private Shutdown() {}

  /**
   * Closes the process when the JVM is asked to end.
   *
   * @param drain how long closing may wait for requests
   */
  static void install(Supplier<Future<Void>> close, Duration drain) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> run(close, drain), "gatehouse-shutdown"));
  }

  private static void run(Supplier<Future<Void>> close, Duration drain) {
    boolean signalled = isSignalled();
    LOG.info("Stopping: requests under way may take {} to finish", drain);
    boolean clean = closes(close.get(), drain.plus(MARGIN));
    LOG.info("Stopped");
    if (signalled) {
      // The JVM would end with 128 plus the signal's number, which supervisors take for a failure.
      Runtime.getRuntime().halt(clean ? Launcher.OK : Launcher.FAILED);
    }
  }

  private static boolean closes(Future<Void> closing, Duration within) {
    try {
      closing
          .toCompletionStage()
          .toCompletableFuture()
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      LOG.error("Not everything was closed", e);
      return false;
    }
  }

  /** Whether a signal ends the JVM, and not a call of {@code System.exit}, whose exit code must stay. */
  private static boolean isSignalled() {
    return Thread.getAllStackTraces().values().stream()
        .anyMatch(frames -> Arrays.stream(frames)
            .anyMatch(frame -> frame.getClassName().startsWith("java.lang.Terminator")));
  }
}
