package dev.gatehouse.runtime.upstream.http;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.runtime.upstream.FailureClass;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What services may do wrong, over HTTP/1.1 and HTTP/2, with what becomes of a call to them. */
final class FaultTable {
  private static final String GOOD = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngood";
  private static final String HTML = "<html><h1>Sorry</h1></html>";
  private static final int HEADERS = 1;
  private static final int END_HEADERS = 4;
  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7;

  /** What a service does with the next request. */
  enum Mood {
    WELL,
    BROKEN,
    /** Answers well, but when it is told to. */
    HOLDING
  }

  /** How services are told what to do. Thread-safe. */
  static final class Moods {
    private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
    private volatile Mood mood = Mood.BROKEN;

    void set(Mood mood) {
      this.mood = mood;
    }

    /** Waits for a request that is held, and returns what answers it. */
    Runnable held() throws InterruptedException {
      return Objects.requireNonNull(
          held.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS), "no request is held");
    }

    void answer(Runnable well, Runnable broken) {
      switch (mood) {
        case WELL -> well.run();
        case BROKEN -> broken.run();
        case HOLDING -> held.add(well);
      }
    }
  }

  /** A service that is broken when it is told to be. */
  interface Service {
    /** Starts it and tells its URL. */
    String start(Vertx vertx, Moods moods);
  }

  private FaultTable() {}

  private static Arguments raw(String what, Object expected, Consumer<NetSocket> fault) {
    return row(what, expected, overHttp1((vertx, socket) -> fault.accept(socket)));
  }

  private static Arguments row(String what, Object expected, Service service) {
    return arguments(what, service, expected instanceof Set<?> any ? any : Set.of(expected));
  }

  private static String answer(String status, String more, String body) {
    return "HTTP/1.1 " + status + "\r\n" + more + "content-length: " + body.length() + "\r\n\r\n"
        + body;
  }

  /** Over HTTP/1.1; expected is a failure's class, or a status. */
  @SuppressWarnings("unchecked")
  static Stream<Arguments> http1() {
    Stream<Arguments> faults = FaultsTest.faults()
        .map(Arguments::get)
        .map(row -> raw((String) row[0], row[2], (Consumer<NetSocket>) row[1]));
    Stream<Arguments> hangs = FaultsTest.hangs()
        .map(Arguments::get)
        .map(row -> raw(
            (String) row[0],
            FailureClass.TIMED_OUT,
            socket -> Objects.requireNonNull(
                ((Function<NetSocket, Future<Void>>) row[1]).apply(socket))));
    Stream<Arguments> others = Stream.of(
        row("trickles", FailureClass.TIMED_OUT, overHttp1(FaultTable::trickle)),
        raw(
            "redirects",
            302,
            socket -> socket.write(answer("302 Found", "location: http://127.0.0.1:1/\r\n", ""))),
        raw(
            "apologises with 200",
            200,
            socket -> socket.write(answer("200 OK", "content-type: text/html\r\n", HTML))),
        raw("fails", 500, socket -> socket.write(answer("500 Oops", "", HTML))),
        raw("is busy", 503, socket -> socket.write(answer("503 Busy", "", HTML))),
        raw(
            "resets the connection within the answer",
            FailureClass.UNREACHABLE,
            socket -> socket
                .write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1")
                .onSuccess(written -> reset(socket))));
    return Stream.of(faults, hangs, others).flatMap(all -> all);
  }

  /** Closes so that the other side gets a reset. */
  private static void reset(NetSocket socket) {
    ((NetSocketInternal) socket)
        .channelHandlerContext()
        .channel()
        .config()
        .setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }

  private static Service overHttp1(BiConsumer<Vertx, NetSocket> fault) {
    return (vertx, moods) -> new RawService(
            vertx,
            (socket, request) ->
                moods.answer(() -> socket.write(GOOD), () -> fault.accept(vertx, socket)))
        .url();
  }

  private static void trickle(Vertx vertx, NetSocket socket) {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n");
    long timer = vertx.setPeriodic(5, tick -> socket.write("x"));
    socket.closeHandler(closed -> vertx.cancelTimer(timer));
  }

  private static Arguments http2(
      String what, Object expected, Consumer<RawHttp2Service.Stream> fault) {
    return row(what, expected, overHttp2((vertx, stream) -> fault.accept(stream)));
  }

  private static Service overHttp2(BiConsumer<Vertx, RawHttp2Service.Stream> fault) {
    return (vertx, moods) -> new RawHttp2Service(
            vertx,
            (stream, request) -> moods.answer(stream::good, () -> fault.accept(vertx, stream)))
        .url();
  }

  /** Again and again, until the connection is closed. */
  private static BiConsumer<Vertx, RawHttp2Service.Stream> repeating(
      Consumer<RawHttp2Service.Stream> piece) {
    return (vertx, stream) -> {
      long timer = vertx.setPeriodic(5, tick -> piece.accept(stream));
      stream.socket().endHandler(closed -> vertx.cancelTimer(timer));
    };
  }

  /** Over HTTP/2, where one stream is at fault. */
  static Stream<Arguments> streams() {
    return Stream.of(
        http2("resets", FailureClass.UNREACHABLE, stream -> stream.reset(INTERNAL_ERROR)),
        http2("refuses", FailureClass.UNREACHABLE, stream -> stream.reset(REFUSED_STREAM)),
        http2(
            "resets within the answer",
            FailureClass.UNREACHABLE,
            stream -> stream.head(200, false).reset(INTERNAL_ERROR)),
        http2(
            "sends less than it announced",
            FailureClass.NONSENSE,
            stream -> stream.head(200, false, "content-length", "100").body("{}", true)),
        http2("sends a body without end", FailureClass.NONSENSE, stream -> {
          stream.head(200, false);
          for (int i = 0; i < 60; i++) {
            stream.body("x".repeat(1000), false);
          }
        }),
        http2(
            "compresses unasked",
            FailureClass.NONSENSE,
            stream -> stream.head(200, false, "content-encoding", "gzip").body("1234", true)),
        http2("says nothing", FailureClass.TIMED_OUT, stream -> {}),
        http2("stops after the head", FailureClass.TIMED_OUT, stream -> stream.head(200, false)),
        http2(
            "stops within the body",
            FailureClass.TIMED_OUT,
            stream -> stream.head(200, false, "content-length", "9").body("123", false)),
        row(
            "sends interim answers without end",
            FailureClass.TIMED_OUT,
            overHttp2(repeating(stream -> stream.head(103, false, "link", "x")))),
        row("trickles", FailureClass.TIMED_OUT, overHttp2((vertx, stream) -> {
          stream.head(200, false);
          repeating(one -> one.body("x", false)).accept(vertx, stream);
        })));
  }

  /** Over HTTP/2, where it costs the connection. */
  static Stream<Arguments> connections() {
    Set<FailureClass> either = Set.of(FailureClass.UNREACHABLE, FailureClass.NONSENSE);
    return Stream.of(
        http2(
            "closes at once",
            FailureClass.UNREACHABLE,
            stream -> stream.socket().close()),
        http2(
            "says goodbye without an answer",
            Set.of(FailureClass.UNREACHABLE, FailureClass.TIMED_OUT),
            stream -> stream.goAway(0)),
        http2(
            "sends headers beyond measure",
            either,
            stream -> stream.head(200, true, "x", "y".repeat(1_000_000))),
        http2(
            "sends headers that are none",
            either,
            stream -> stream.frame(
                HEADERS, END_HEADERS, Buffer.buffer(new byte[] {-1, -1, -1, -1, -1, -1, -1}))),
        http2("sends a frame beyond measure", either, stream -> {
          stream.head(200, false);
          stream.frame(0, 0, Buffer.buffer(new byte[100_000]));
        }),
        http2(
            "speaks HTTP/1.1 all of a sudden", either, stream -> stream.socket().write(GOOD)));
  }

  static Stream<Arguments> all() {
    return Stream.of(
            named("HTTP/1.1: ", http1()),
            named("HTTP/2: ", streams()),
            named("HTTP/2: ", connections()))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> named(String prefix, Stream<Arguments> rows) {
    return rows.map(Arguments::get).map(row -> arguments(prefix + row[0], row[1], row[2]));
  }

  static Duration patience(Set<?> expected) {
    return expected.contains(FailureClass.TIMED_OUT) ? Duration.ofMillis(300) : Caller.LONG;
  }
}
