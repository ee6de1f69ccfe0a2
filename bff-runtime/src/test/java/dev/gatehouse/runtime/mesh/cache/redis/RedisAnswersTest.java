package dev.gatehouse.runtime.mesh.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.CachePolicy.Store;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes that keep answers in a real Redis. */
class RedisAnswersTest {
  private static final CachePolicy IN_REDIS =
      CachePolicy.DEFAULT.withStored(true).withStore(Store.REDIS);

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  private final List<MeshCaller> processes = new ArrayList<>();
  private RedisServer server;
  private int service;
  private volatile String control = "max-age=600";

  @BeforeEach
  void start() {
    server = new RedisServer();
    service = LayerLoop.await(vertx
            .createHttpServer()
            .requestHandler(request -> {
              requests.add(request);
              request
                  .response()
                  .putHeader("cache-control", control)
                  .end("answer " + requests.size());
            })
            .listen(0, "127.0.0.1"))
        .actualPort();
  }

  @AfterEach
  void stop() {
    processes.forEach(MeshCaller::close);
    if (server != null) {
      server.close();
    }
    LayerLoop.await(vertx.close());
  }

  private CacheSettings.Redis redis() {
    return CacheSettings.Redis.at(server.url()).withTimeout(Duration.ofSeconds(10));
  }

  private MeshCaller process(CacheSettings.Redis redis) {
    MeshCaller process = new MeshCaller();
    processes.add(process);
    process.at("catalog", service);
    process.policies().update("catalog", before -> before.withCache(IN_REDIS));
    return process.keepIn(redis).open();
  }

  private MeshCaller process() {
    MeshCaller process = process(redis());
    awaitConnected(process, true);
    return process;
  }

  private static JsonObject state(MeshCaller process) {
    return process.on(() -> look(process));
  }

  private static JsonObject look(MeshCaller process) {
    JsonObject cache = new JsonObject();
    process.mesh().service("catalog").describe(cache);
    return cache.getJsonObject("cache").getJsonObject("redis");
  }

  private static void awaitConnected(MeshCaller process, boolean connected) {
    process.until(() -> look(process).getBoolean("connected") == connected);
  }

  private static String get(MeshCaller process, String... headers) {
    List<Header> all = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(new Header(headers[i], headers[i + 1]));
    }
    return process.text(
        "catalog",
        new UpstreamRequest(
            LayerLoop.operation(Safety.SAFE, false),
            HttpMethod.GET,
            "/things",
            all,
            null,
            System.nanoTime() + Duration.ofSeconds(50).toNanos()));
  }

  private static String post(MeshCaller process) {
    return process.text("catalog", LayerLoop.request(Safety.UNSAFE, false, Duration.ofSeconds(50)));
  }

  private static void awaitChanges(MeshCaller process, String outcome, int count) {
    process.until(
        () -> process.count("gatehouse.mesh.cache.redis.changes", "outcome", outcome) >= count);
  }

  private static double looks(MeshCaller process, String outcome) {
    return process.count("gatehouse.mesh.cache.redis", "outcome", outcome);
  }

  private Response command(Command command, Object... arguments) {
    Redis client = Redis.createClient(vertx, server.url());
    Request request = Request.cmd(command);
    for (Object argument : arguments) {
      if (argument instanceof Buffer bytes) {
        request.arg(bytes);
      } else {
        request.arg(String.valueOf(argument));
      }
    }
    try {
      return LayerLoop.await(client.send(request));
    } finally {
      client.close();
    }
  }

  private List<String> keys(String pattern) {
    List<String> keys = new ArrayList<>();
    command(Command.KEYS, pattern).forEach(key -> keys.add(key.toString()));
    return keys;
  }

  private String answerKey() {
    List<String> keys = keys("*}:*");
    assertThat(keys).hasSize(1);
    return keys.get(0);
  }

  @Test
  void oneProcessAsksAndTheOthersFindTheAnswer() {
    MeshCaller one = process();
    MeshCaller other = process();
    assertThat(get(one)).isEqualTo("answer 1");
    awaitChanges(one, "kept", 1);
    assertThat(get(other)).isEqualTo("answer 1");
    assertThat(get(other)).isEqualTo("answer 1");
    assertThat(requests).hasSize(1);
    assertThat(other.count("gatehouse.mesh.cache", "outcome", "outer_hit")).isEqualTo(1);
    assertThat(other.count("gatehouse.mesh.cache", "outcome", "hit"))
        .as("from its own memory")
        .isEqualTo(1);
    assertThat(command(Command.PTTL, answerKey()).toLong()).isBetween(1L, 600_000L);
    assertThat(keys("*"))
        .allMatch(key -> key.startsWith(CacheSettings.Redis.PREFIX + "test:{catalog:"));
  }

  @Test
  void callersWhoTellTheServiceDifferentThingsShareNothing() {
    MeshCaller one = process();
    MeshCaller other = process();
    assertThat(get(one, "x-user", "alice")).isEqualTo("answer 1");
    awaitChanges(one, "kept", 1);
    assertThat(get(other, "x-user", "bob")).isEqualTo("answer 2");
    assertThat(get(other, "x-user", "alice")).isEqualTo("answer 1");
  }

  @Test
  void whatIsForOneCallerOnlyNeverGetsThere() {
    MeshCaller one = process();
    control = "private, max-age=600";
    get(one, "x-user", "alice");
    control = "no-store";
    get(one, "x-user", "bob");
    control = "max-age=600";
    get(one, "authorization", "Bearer secret-1");
    assertThat(keys("*}:*")).isEmpty();

    control = "public, max-age=600";
    get(one, "authorization", "Bearer secret-2");
    awaitChanges(one, "kept", 1);
    String key = answerKey();
    assertThat(key).doesNotContain("secret");
    assertThat(command(Command.GET, key).toString()).doesNotContain("secret");
    MeshCaller other = process();
    assertThat(get(other, "authorization", "Bearer secret-3")).isEqualTo("answer 5");
  }

  @Test
  void aChangeInOneProcessIsNotHiddenByWhatRedisKept() {
    MeshCaller one = process();
    get(one);
    awaitChanges(one, "kept", 1);
    MeshCaller other = process();
    post(other);
    assertThat(get(other)).isEqualTo("answer 3");
    awaitChanges(other, "kept", 1);
    assertThat(get(process())).isEqualTo("answer 3");
  }

  @Test
  void callsGoOnWithoutRedisAndUseItAgainWhenItIsBack() {
    MeshCaller one = process();
    get(one);
    awaitChanges(one, "kept", 1);
    server.kill();
    awaitConnected(one, false);
    assertThat(get(one)).as("memory").isEqualTo("answer 1");
    assertThat(get(one, "x-user", "alice")).isEqualTo("answer 2");
    assertThat(looks(one, "skipped")).isEqualTo(1);
    MeshCaller early = process(redis());
    assertThat(get(early)).isEqualTo("answer 3");

    server.start();
    awaitConnected(one, true);
    awaitConnected(early, true);
    get(one, "x-user", "bob");
    awaitChanges(one, "kept", 2);
    assertThat(get(early, "x-user", "bob")).isEqualTo("answer 4");
    assertThat(state(one).getString("problem")).isNull();
  }

  @Test
  void aRedisThatDoesNotAnswerHoldsNoCallUp() {
    MeshCaller one = process();
    MeshCaller hasty = process(redis().withTimeout(Duration.ofMillis(50)));
    awaitConnected(hasty, true);
    get(one);
    awaitChanges(one, "kept", 1);
    server.suspend();
    assertThat(get(hasty)).isEqualTo("answer 2");
    assertThat(looks(hasty, "timed_out")).isEqualTo(1);
    assertThat(get(hasty, "x-user", "alice")).isEqualTo("answer 3");
    assertThat(looks(hasty, "skipped")).as("a short pause").isEqualTo(1);
    assertThat(post(hasty)).isEqualTo("answer 4");
    assertThat(state(hasty).getInteger("toBeForgotten")).isEqualTo(1);

    server.resume();
    hasty.until(() -> look(hasty).getInteger("toBeForgotten") == 0);
    assertThat(get(process())).as("what was changed meanwhile").isEqualTo("answer 5");
  }

  @Test
  void aServerThatTakesConnectionsAndSaysNothingIsNotWaitedFor() {
    int silent = LayerLoop.await(
            vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"))
        .actualPort();
    MeshCaller one = process(CacheSettings.Redis.at("redis://127.0.0.1:" + silent));
    assertThat(get(one)).isEqualTo("answer 1");
    assertThat(get(one, "x-user", "alice")).isEqualTo("answer 2");
    assertThat(post(one)).isEqualTo("answer 3");
    assertThat(state(one).getBoolean("connected")).isFalse();
  }

  @Test
  void aServerThatSpeaksAnotherLanguageIsNoRedis() {
    int web = LayerLoop.await(vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(
                any -> socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")))
            .listen(0, "127.0.0.1"))
        .actualPort();
    MeshCaller one = process(CacheSettings.Redis.at("redis://127.0.0.1:" + web));
    one.until(() -> !"not connected yet".equals(look(one).getString("problem")));
    assertThat(get(one)).isEqualTo("answer 1");
  }

  @Test
  void rubbishIsNoAnswer() {
    MeshCaller one = process();
    get(one);
    awaitChanges(one, "kept", 1);
    String key = answerKey();
    byte[] good = command(Command.GET, key).toBytes();
    List<Object> rubbish = new ArrayList<>();
    rubbish.add("");
    rubbish.add("x");
    rubbish.add("x".repeat(1000));
    rubbish.add(Buffer.buffer(good).getBuffer(0, 16));
    rubbish.add(Buffer.buffer(good).getBuffer(0, good.length - 1));
    rubbish.add(Buffer.buffer(good).appendByte((byte) 0));
    rubbish.add(Buffer.buffer(good).setByte(good.length - 1, (byte) 'x'));
    rubbish.add(Buffer.buffer(good).appendBytes(new byte[3 << 20]));
    int asked = 1;
    for (Object value : rubbish) {
      command(Command.SET, key, value);
      asked++;
      assertThat(get(process())).isEqualTo("answer " + asked);
      MeshCaller last = processes.get(processes.size() - 1);
      awaitChanges(last, "kept", 1);
      assertThat(get(process())).as("mended").isEqualTo("answer " + asked);
    }
    command(Command.DEL, key);
    command(Command.RPUSH, key, "a", "list");
    assertThat(get(process())).isEqualTo("answer " + (asked + 1));
    assertThat(command(Command.FLUSHALL).toString()).isEqualTo("OK");
    assertThat(get(process())).isEqualTo("answer " + (asked + 2));
  }

  @Test
  void anAnswerToOneCallIsNoneToAnother() {
    MeshCaller one = process();
    get(one, "x-user", "alice");
    awaitChanges(one, "kept", 1);
    String alices = answerKey();
    get(one, "x-user", "bob");
    awaitChanges(one, "kept", 2);
    String bobs =
        keys("*}:*").stream().filter(key -> !key.equals(alices)).findFirst().orElseThrow();
    command(Command.RENAME, alices, bobs);
    assertThat(get(process(), "x-user", "bob")).isEqualTo("answer 3");
  }

  @Test
  void aRedisThatIsFullKeepsNothingAndFailsNothing() {
    MeshCaller one = process();
    command(Command.CONFIG, "SET", "maxmemory", "1");
    assertThat(get(one)).isEqualTo("answer 1");
    awaitChanges(one, "not_kept", 1);
    assertThat(get(process())).isEqualTo("answer 2");
    assertThat(state(one).getString("problem")).contains("OOM");
    assertThat(state(one).getBoolean("connected")).isTrue();
    assertThat(post(one)).isEqualTo("answer 3");

    command(Command.CONFIG, "SET", "maxmemory", "0");
    assertThat(get(process(), "x-user", "alice")).isEqualTo("answer 4");
  }

  @Test
  void whatIsForgottenStaysForgottenEvenForAnswersThatWereOnTheirWay() {
    MeshCaller one = process();
    MeshCaller other = process();
    get(other, "x-user", "alice"); // the place has a generation
    List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    int slow = LayerLoop.await(vertx
            .createHttpServer()
            .requestHandler(request -> {
              if (request.method().equals(HttpMethod.GET)) {
                held.add(request);
              } else {
                request.response().end();
              }
            })
            .listen(0, "127.0.0.1"))
        .actualPort();
    MeshCaller late = new MeshCaller();
    processes.add(late);
    late.at("catalog", slow);
    late.policies().update("catalog", before -> before.withCache(IN_REDIS));
    late.keepIn(redis()).open();
    awaitConnected(late, true);
    var answer = late.start("catalog", LayerLoop.safe());
    late.until(() -> !held.isEmpty());
    post(one);
    held.get(0).response().putHeader("cache-control", "max-age=600").end("old");
    assertThat(MeshCaller.text(LayerLoop.await(answer))).isEqualTo("old");
    awaitChanges(late, "kept", 1);
    assertThat(get(other)).as("not the old one").isEqualTo("answer 3");
  }
}
