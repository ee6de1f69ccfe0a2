package dev.gatehouse.runtime.upstream.http;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Netty's leak detector, at work on every buffer while this is open. */
final class BufferLeaks extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final String ON_PURPOSE = "leaked on purpose";

  private final Level before;
  private final Logger log = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  private final List<String> reported = new CopyOnWriteArrayList<>();

  BufferLeaks() {
    Caller.await(Vertx.vertx().close()); // the first one of a process turns the detector off
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(Level.PARANOID);
    start();
    log.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getFormattedMessage().contains("LEAK")) {
      reported.add(event.getFormattedMessage());
    }
  }

  /** What was reported; only asked once a buffer that was leaked here, after all others, has been reported, too. */
  List<String> found() {
    leak();
    long end = System.nanoTime() + Caller.PATIENCE.toNanos();
    while (reported.stream().noneMatch(one -> one.contains(ON_PURPOSE))) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "a buffer that was leaked on purpose was not reported within " + Caller.PATIENCE);
      }
      System.gc();
      PooledByteBufAllocator.DEFAULT.directBuffer(16).release(); // which has it look
    }
    return reported.stream().filter(one -> !one.contains(ON_PURPOSE)).toList();
  }

  private static void leak() {
    PooledByteBufAllocator.DEFAULT.directBuffer(16).touch(ON_PURPOSE);
  }

  @Override
  public void close() {
    log.detachAppender(this);
    stop();
    ResourceLeakDetector.setLevel(before);
  }
}
