package dev.gatehouse.runtime.mesh.cache.redis;

import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.discovery.Backoff;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.time.TimerWheel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that nobody waits for: while there is none, nothing is asked. It is given up with the first question that is not
 * answered in time, and made anew after a pause that grows. Confined to one event loop.
 */
final class RedisLink {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final int CONNECT_MILLIS = 5000;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_PENDING = 1024;

  private final Vertx vertx;
  private final ContextInternal loop;
  private final CacheSettings.Redis settings;
  private final TimerWheel timers;
  private final Greeting greeting;
  private final RedisOptions options;
  private final Backoff pauses = new Backoff(RandomGenerator.getDefault(), LONGEST_PAUSE);
  private @Nullable Redis client;
  private @Nullable RedisConnection connection;
  private boolean up;
  private int pending;
  private long timer = -1;
  /** Whether nothing was answered on this connection yet. */
  private boolean unproven;

  private @Nullable String problem = "not connected yet";
  /** Whether the log knows of the problem. */
  private boolean told;

  /** What is said first on each connection; only then may others speak. */
  interface Greeting {
    /** The connection is given up where it fails. */
    Future<?> greet();
  }

  RedisLink(Vertx vertx, CacheSettings.Redis settings, TimerWheel timers, Greeting greeting) {
    this.vertx = vertx;
    this.loop = (ContextInternal) vertx.getOrCreateContext();
    this.settings = settings;
    this.timers = timers;
    this.greeting = greeting;
    this.options = new RedisOptions()
        .setConnectionString(settings.url())
        .setMaxPoolSize(1)
        .setMaxWaitingHandlers(4 * MOST_PENDING);
    options.getNetClientOptions().setConnectTimeout(CONNECT_MILLIS);
    connect();
  }

  /** Whether it may be asked something now. */
  boolean isUp() {
    return up && pending < MOST_PENDING;
  }

  /** What is wrong; null while all is well. */
  @Nullable String problem() {
    return problem;
  }

  /** Each connection has a client of its own, as closing a client is what surely closes a connection. */
  private void connect() {
    Redis made = Redis.createClient(vertx, options);
    client = made;
    timer = vertx.setTimer(CONNECT_MILLIS, late -> lost(made, "no connection within 5 s"));
    made.connect()
        .onComplete(
            connected -> greet(made, connected), e -> lost(made, String.valueOf(e.getMessage())));
  }

  private void greet(Redis made, RedisConnection connected) {
    if (client != made) {
      return; // given up meanwhile, and closed with its client
    }
    vertx.cancelTimer(timer);
    connection = connected;
    connected.exceptionHandler(e -> loop.execute(() -> lost(made, String.valueOf(e.getMessage()))));
    connected.endHandler(ended -> loop.execute(() -> lost(made, "the connection was closed")));
    greeting.greet().onComplete(greeted -> opened(made), e -> lost(made, e.getMessage()));
  }

  private void opened(Redis made) {
    if (client == made) {
      up = true;
      unproven = true;
      if (!told) {
        problem = null;
      }
    }
  }

  /**
   * Asks several things at once; the answer comes when all are answered.
   *
   * @return fails where there is no answer in time, which gives the connection up
   */
  Future<Asked> ask(Request... requests) {
    Redis by = client;
    RedisConnection to = connection;
    if (by == null || to == null) {
      return Future.failedFuture("not connected");
    }
    Question question = new Question(by, requests.length);
    timers.schedule(question, System.nanoTime() + settings.timeout().toNanos());
    pending++;
    for (int i = 0; i < requests.length; i++) {
      question.expect(i, to.send(requests[i]));
    }
    return question.answer();
  }

  /** One round of questions, and the time they have. */
  private final class Question extends TimerWheel.Entry {
    private final Redis by;
    private final Asked asked;

    Question(Redis by, int questions) {
      this.by = by;
      this.asked = new Asked(questions);
    }

    Future<Asked> answer() {
      return asked.answer();
    }

    void expect(int number, Future<io.vertx.redis.client.Response> reply) {
      reply.onComplete((answer, e) -> {
        if (asked.isOpen()) {
          if (e != null && !Asked.isReply(e)) {
            end();
            asked.fail(e);
            lost(by, String.valueOf(e.getMessage()));
          } else if (asked.replied(number, answer, e)) {
            end();
            answered();
            asked.told();
          }
        }
      });
    }

    private void end() {
      pending--;
      timers.cancel(this);
    }

    @Override
    protected void expired() {
      pending--;
      String late = "no answer within " + settings.timeout().toMillis() + " ms";
      asked.late(late);
      lost(by, late);
    }
  }

  private void answered() {
    if (up && unproven) {
      unproven = false;
      pauses.reset();
      problem = null;
      if (told) {
        told = false;
        LogEvent.of("kept answers are in Redis again").field("redis", settings).info(LOG);
      }
    }
  }

  /** Gives the connection up, for a while. */
  void lost(String why) {
    Redis lost = client;
    if (lost != null) {
      lost(lost, why);
    }
  }

  private void lost(Redis lost, @Nullable String why) {
    if (client != lost) {
      return;
    }
    drop();
    problem = why;
    if (!told) {
      told = true;
      LogEvent.of("kept answers are not in Redis for now, calls go to their services")
          .field("redis", settings)
          .field("because", String.valueOf(why))
          .warn(LOG);
    }
    timer = vertx.setTimer(pauses.nextMillis(), again -> connect());
  }

  private Future<Void> drop() {
    Redis left = client;
    client = null;
    connection = null;
    up = false;
    vertx.cancelTimer(timer);
    if (left != null) {
      left.close();
    }
    return Future.succeededFuture();
  }

  Future<Void> close() {
    return drop();
  }
}
