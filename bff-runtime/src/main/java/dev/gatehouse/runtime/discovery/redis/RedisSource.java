package dev.gatehouse.runtime.discovery.redis;

import dev.gatehouse.runtime.discovery.Backoff;
import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ListedInstance;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the sorted sets again and again, over one connection. What has outlived its score is not read. */
final class RedisSource implements Source {
  private static final int LONGEST_MEMBER = 64 << 10;

  private final Vertx vertx;
  private final RedisSettings settings;
  private final Redis redis;
  private final Map<Watch, Watching> watches = new HashMap<>();
  private final Backoff backoff = new Backoff();
  private @Nullable RedisConnection connection;
  private boolean looking;
  private boolean closed;
  private long timer = -1;

  RedisSource(Vertx vertx, RedisSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.redis = Redis.createClient(
        vertx, new RedisOptions().setConnectionString(settings.url()).setMaxPoolSize(1));
  }

  @Override
  public Watch watch(ServiceLookup lookup, Listener listener) {
    Watch watch = new Watch() {
      @Override
      public void close() {
        watches.remove(this);
      }
    };
    watches.put(watch, new Watching(lookup, listener));
    if (!looking) {
      vertx.cancelTimer(timer);
      look();
    }
    return watch;
  }

  private void look() {
    looking = true;
    Map<Watch, Watching> all = Map.copyOf(watches);
    Future<?> looked = connected()
        .compose(to -> to.send(Request.cmd(Command.TIME)).compose(time -> {
          String now = time.get(0).toString();
          return Future.join(
              all.values().stream().map(each -> each.look(to, now)).toList());
        }));
    looked
        .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> lookLater(settings.every().toMillis()), e -> failed(all, e));
  }

  private Future<RedisConnection> connected() {
    RedisConnection known = connection;
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return redis.connect().compose(made -> {
      if (closed) {
        return made.close().compose(left -> Future.failedFuture("left"));
      }
      connection = made;
      backoff.reset();
      made.exceptionHandler(e -> drop(made));
      made.endHandler(ended -> drop(made));
      return Future.succeededFuture(made);
    });
  }

  private void drop(RedisConnection lost) {
    if (connection == lost) {
      connection = null;
    }
  }

  private void failed(Map<Watch, Watching> all, Throwable e) {
    RedisConnection lost = connection;
    connection = null;
    if (lost != null) {
      lost.close();
    }
    if (!closed) {
      all.forEach((watch, watching) -> {
        if (watches.containsKey(watch)) {
          watching.listener.failed(settings + ": " + e.getMessage());
        }
      });
    }
    lookLater(backoff.nextMillis());
  }

  private void lookLater(long millis) {
    looking = false;
    if (!closed) {
      timer = vertx.setTimer(Math.max(1, millis), due -> look());
    }
  }

  @Override
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    RedisConnection left = connection;
    connection = null;
    return (left == null ? Future.<Void>succeededFuture() : left.close()).eventually(redis::close);
  }

  private final class Watching {
    private final ServiceLookup lookup;
    private final Listener listener;
    private @Nullable Response last;

    Watching(ServiceLookup lookup, Listener listener) {
      this.lookup = lookup;
      this.listener = listener;
    }

    /** A key of another type is this service's failure, and a connection that breaks is everybody's. */
    Future<Void> look(RedisConnection to, String now) {
      Request members = Request.cmd(Command.ZRANGEBYSCORE)
          .arg(settings.prefix() + lookup.name())
          .arg("(" + now)
          .arg("+inf")
          .arg("LIMIT")
          .arg(0)
          .arg(FoundInstances.MOST + 1);
      return to.send(members).transform(answer -> {
        if (answer.succeeded()) {
          tell(answer.result());
          return Future.succeededFuture();
        }
        if (answer.cause() instanceof io.vertx.redis.client.impl.types.ErrorType) {
          last = null;
          listener.failed(settings + ": " + answer.cause().getMessage());
          return Future.succeededFuture();
        }
        return Future.failedFuture(answer.cause());
      });
    }

    private void tell(Response members) {
      if (last != null && last.toString().equals(members.toString())) {
        listener.confirmed();
        return;
      }
      FoundInstances found = new FoundInstances(lookup);
      for (Response member : members) {
        add(found, member.toString());
      }
      last = members;
      listener.found(found);
    }

    private static void add(FoundInstances found, String member) {
      try {
        if (member.length() > LONGEST_MEMBER) {
          found.leaveOut("a member of " + member.length() + " characters");
        } else {
          ListedInstance.add(
              found, member.startsWith("{") ? new JsonObject(member).getMap() : member);
        }
      } catch (DecodeException e) {
        found.leaveOut(String.valueOf(e.getMessage()));
      }
    }
  }
}
