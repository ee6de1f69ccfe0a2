package dev.gatehouse.runtime.discovery.consul;

import dev.gatehouse.runtime.discovery.Backoff;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.http.RegistryAnswer;
import dev.gatehouse.runtime.discovery.http.RegistryClient;
import dev.gatehouse.runtime.discovery.http.RegistryClient.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the agent for the healthy instances, by questions that wait there until something changes (blocking queries). */
final class ConsulSource implements Source {
  private static final int MOST_BYTES = 64 << 20;
  /** The agent adds up to a sixteenth to what it was asked to wait. */
  private static final int JITTER = 16;

  /** Between two questions, for an agent that answers at once although nothing has changed. */
  private static final long UNCHANGED_PAUSE_MILLIS = 500;

  private static final long PAUSE_MILLIS = 10;

  private final Vertx vertx;
  private final ConsulSettings settings;
  private final RegistryClient agent;

  ConsulSource(Vertx vertx, ConsulSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.agent = new RegistryClient(vertx, settings.url(), settings.trust());
  }

  @Override
  public Watch watch(ServiceLookup lookup, Listener listener) {
    Watching watching = new Watching(lookup, listener);
    watching.ask();
    return watching;
  }

  @Override
  public Future<Void> close() {
    return agent.close();
  }

  private final class Watching implements Watch {
    private final ServiceLookup lookup;
    private final Listener listener;
    private final Backoff backoff = new Backoff();
    private long index;
    private long timer = -1;
    private @Nullable Exchange exchange;
    private boolean closed;

    Watching(ServiceLookup lookup, Listener listener) {
      this.lookup = lookup;
      this.listener = listener;
    }

    void ask() {
      StringBuilder uri = new StringBuilder("/v1/health/service/")
          .append(encoded(lookup.name()))
          .append("?passing=1");
      if (settings.datacenter() != null) {
        uri.append("&dc=").append(encoded(settings.datacenter()));
      }
      Duration within = settings.timeout();
      if (index > 0) {
        uri.append("&index=")
            .append(index)
            .append("&wait=")
            .append(settings.waitTime().toMillis())
            .append("ms");
        within = within.plus(settings.waitTime()).plus(settings.waitTime().dividedBy(JITTER));
      }
      Exchange asked = agent.get(
          uri.toString(),
          settings.token() == null ? Map.of() : Map.of("x-consul-token", settings.token()),
          within,
          MOST_BYTES);
      exchange = asked;
      asked.answer().onComplete(this::answered, this::failed);
    }

    private void answered(RegistryAnswer answer) {
      if (closed) {
        return;
      }
      if (answer.status() != 200) {
        failed(new IllegalStateException(settings.url() + ": " + answer.problem()));
        return;
      }
      long before = index;
      long told = index(answer);
      // An index that went back belongs to another state of the agent: what was seen says nothing.
      index = told < before ? 0 : told;
      if (told == before && before > 0) {
        listener.confirmed();
      } else {
        try {
          listener.found(HealthyServices.read(lookup, new JsonArray(answer.body())));
        } catch (DecodeException | ClassCastException e) {
          failed(new IllegalStateException(
              settings.url() + ": not a list of services: " + e.getMessage()));
          return;
        }
      }
      backoff.reset();
      askAfter(told == before || told == 0 ? UNCHANGED_PAUSE_MILLIS : PAUSE_MILLIS);
    }

    private static long index(RegistryAnswer answer) {
      String text = answer.headers().get("x-consul-index");
      return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private void failed(Throwable e) {
      if (!closed) {
        index = 0;
        listener.failed(String.valueOf(e.getMessage()));
        askAfter(backoff.nextMillis());
      }
    }

    private void askAfter(long millis) {
      timer = vertx.setTimer(millis, due -> ask());
    }

    @Override
    public void close() {
      closed = true;
      vertx.cancelTimer(timer);
      Exchange asked = exchange;
      if (asked != null) {
        asked.fail("left");
      }
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }
}
