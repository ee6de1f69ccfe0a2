package dev.gatehouse.runtime.discovery.kubernetes;

import dev.gatehouse.runtime.discovery.Backoff;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source.Listener;
import dev.gatehouse.runtime.discovery.Source.Watch;
import dev.gatehouse.runtime.discovery.http.RegistryAnswer;
import dev.gatehouse.runtime.discovery.http.RegistryClient.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the EndpointSlices of one service: lists them, then watches from the list's version on. A watch that ends is begun anew
 * from the last version it told; where the server has forgotten that (410 Gone), everything is listed again.
 */
final class SliceWatch implements Watch {
  private static final int MOST_BYTES = 64 << 20;
  private static final int PAGE = 500;
  private static final int GONE = 410;
  private static final long TOGETHER_MILLIS = 20;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final KubernetesSource source;
  private final KubernetesSettings settings;
  private final ServiceLookup lookup;
  private final Listener listener;
  private final Backoff backoff = new Backoff();
  private Map<String, Slice> slices = new HashMap<>();
  private String version = "";
  private long timer = NO_TIMER;
  private long telling = NO_TIMER;
  private @Nullable Exchange exchange;
  private boolean closed;

  SliceWatch(
      Vertx vertx,
      KubernetesSource source,
      KubernetesSettings settings,
      ServiceLookup lookup,
      Listener listener) {
    this.vertx = vertx;
    this.source = source;
    this.settings = settings;
    this.lookup = lookup;
    this.listener = listener;
  }

  void list() {
    list("", new HashMap<>());
  }

  private void list(String page, Map<String, Slice> listed) {
    ask(
        "&limit=" + PAGE + (page.isEmpty() ? "" : "&continue=" + encoded(page)),
        (uri, headers) -> {
          Exchange asked = source.server().get(uri, headers, settings.timeout(), MOST_BYTES);
          exchange = asked;
          asked.answer().onComplete(answer -> listed(answer, listed), this::failedList);
        },
        this::failedList);
  }

  private void listed(RegistryAnswer answer, Map<String, Slice> listed) {
    if (closed) {
      return;
    }
    if (answer.status() != 200) {
      failedList(new IllegalStateException(settings.url() + ": " + answer.problem()));
      return;
    }
    String next;
    try {
      JsonObject list = new JsonObject(answer.body());
      JsonArray items = list.getJsonArray("items", new JsonArray());
      for (int i = 0; items != null && i < items.size(); i++) {
        Slice slice = Slice.read(items.getJsonObject(i));
        listed.put(slice.name(), slice);
      }
      JsonObject metadata = list.getJsonObject("metadata", new JsonObject());
      next = metadata.getString("continue", "");
      version = metadata.getString("resourceVersion", "");
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      failedList(new IllegalStateException(
          settings.url() + ": not a list of EndpointSlices: " + e.getMessage()));
      return;
    }
    if (next != null && !next.isEmpty()) {
      list(next, listed);
      return;
    }
    backoff.reset();
    slices = listed;
    tell();
    watch();
  }

  private void watch() {
    ask(
        "&watch=1&allowWatchBookmarks=true&resourceVersion=" + encoded(version) + "&timeoutSeconds="
            + settings.watchTime().toSeconds(),
        (uri, headers) -> {
          LineReader lines = new LineReader(MOST_BYTES, this::event);
          // Past its time the server should have ended a watch by itself.
          Exchange asked = source
              .server()
              .follow(uri, headers, settings.watchTime().plus(settings.timeout()), lines);
          exchange = asked;
          asked.answer().onComplete(this::watched, this::failedWatch);
        },
        this::failedWatch);
  }

  private void event(Exchange from, String line) {
    if (closed || from != exchange) {
      return;
    }
    try {
      JsonObject event = new JsonObject(line);
      JsonObject object = event.getJsonObject("object");
      switch (event.getString("type", "")) {
        case "ADDED", "MODIFIED" -> {
          Slice slice = Slice.read(object);
          slices.put(slice.name(), slice);
          seen(object);
          tellSoon();
        }
        case "DELETED" -> {
          slices.remove(Slice.name(object));
          seen(object);
          tellSoon();
        }
        case "BOOKMARK" -> {
          seen(object);
          listener.confirmed();
        }
        case "ERROR" -> {
          boolean gone = object.getInteger("code", 0) == GONE;
          version = "";
          from.fail(gone ? "410 Gone" : "watch: " + object.getString("message"));
        }
        default -> from.fail("watch: event of type " + event.getString("type"));
      }
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      version = "";
      from.fail("watch: not an event about an EndpointSlice: " + e.getMessage());
    }
  }

  private void seen(JsonObject object) {
    version = object.getJsonObject("metadata").getString("resourceVersion", version);
    backoff.reset();
  }

  private void watched(RegistryAnswer answer) {
    if (closed) {
      return;
    }
    if (answer.status() == GONE) {
      version = "";
      again(backoff.nextMillis());
    } else if (answer.status() != 200) {
      failedWatch(new IllegalStateException(settings.url() + ": " + answer.problem()));
    } else {
      // The server ends watches now and then; one that ends them at once must not be stormed.
      again(backoff.nextMillis());
    }
  }

  private void failedWatch(Throwable e) {
    if (closed) {
      return;
    }
    if (!String.valueOf(e.getMessage()).endsWith("410 Gone")) {
      listener.failed(String.valueOf(e.getMessage()));
    }
    again(backoff.nextMillis());
  }

  private void failedList(Throwable e) {
    if (!closed) {
      version = "";
      listener.failed(String.valueOf(e.getMessage()));
      again(backoff.nextMillis());
    }
  }

  private void again(long millis) {
    timer = vertx.setTimer(millis, due -> {
      if (version.isEmpty()) {
        list();
      } else {
        watch();
      }
    });
  }

  /** Slices of a large service change many at a time. */
  private void tellSoon() {
    if (telling == NO_TIMER) {
      telling = vertx.setTimer(TOGETHER_MILLIS, due -> tell());
    }
  }

  private void tell() {
    vertx.cancelTimer(telling);
    telling = NO_TIMER;
    listener.found(() -> Slices.instances(lookup, slices.values()));
  }

  private interface Asking {
    void ask(String uri, Map<String, String> headers);
  }

  private interface Failing {
    void failed(Throwable e);
  }

  private void ask(String more, Asking asking, Failing failing) {
    source
        .namespace(lookup)
        .compose(namespace -> source.headers().map(headers -> {
          if (!closed) {
            asking.ask(
                "/apis/discovery.k8s.io/v1/namespaces/" + encoded(namespace)
                    + "/endpointslices?labelSelector="
                    + encoded("kubernetes.io/service-name=" + KubernetesSource.service(lookup))
                    + more,
                headers);
          }
          return null;
        }))
        .onFailure(failing::failed);
  }

  @Override
  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(telling);
    Exchange asked = exchange;
    if (asked != null) {
      asked.fail("left");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
