package dev.gatehouse.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShopServerTest {
  private final Shop shop = new Shop();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ShopServer server;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    server = new ShopServer(new Answers(shop));
    thread = new Thread(() -> {
      try {
        server.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    thread.join(5_000);
  }

  @Test
  void eachServiceAnswersItsDocuments() throws Exception {
    Endpoints at = server.endpoints();

    assertThat(object(get(at.products(), "/products/7"))).isEqualTo(shop.product(7));
    assertThat(object(get(at.prices(), "/prices/1000"))).isEqualTo(shop.price(1000));
    assertThat(object(get(at.stock(), "/stock/7"))).isEqualTo(shop.stock(7));
    assertThat(object(get(at.reviews(), "/reviews?product=7"))).isEqualTo(shop.reviews(7));
    assertThat(object(get(at.users(), "/users/500"))).isEqualTo(shop.user(500));
    assertThat(object(get(at.recommendations(), "/recommendations/7")))
        .isEqualTo(shop.recommendations(7));
  }

  @Test
  void severalDocumentsComeInTheOrderOfTheirIdsHoweverTheseAreWritten() throws Exception {
    JsonArray expected = new JsonArray().add(shop.user(30)).add(shop.user(2)).add(shop.user(500));
    int users = server.endpoints().users();

    assertThat(new JsonArray(get(users, "/users?ids=30,2,9999,500").body())).isEqualTo(expected);
    assertThat(new JsonArray(get(users, "/users?ids=30%2C2%2C500").body())).isEqualTo(expected);
    assertThat(new JsonArray(get(users, "/users?ids=30&ids=2&ids=500").body())).isEqualTo(expected);
  }

  @Test
  void unknownDocumentsAreNotFound() throws Exception {
    int products = server.endpoints().products();

    assertThat(get(products, "/products/0").statusCode()).isEqualTo(404);
    assertThat(get(products, "/products/99999").statusCode()).isEqualTo(404);
    assertThat(get(products, "/products/12345678901234567890").statusCode()).isEqualTo(404);
    assertThat(get(products, "/products/x").statusCode()).isEqualTo(404);
  }

  @Test
  void recommendationsFailAndDallyForTheTwoProductsMadeForIt() throws Exception {
    int recommendations = server.endpoints().recommendations();
    long start = System.nanoTime();

    assertThat(get(recommendations, "/recommendations/" + Shop.FAILING).statusCode())
        .isEqualTo(500);
    assertThat(get(recommendations, "/recommendations/" + Shop.SLOW).statusCode())
        .isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Duration.ofMillis(Shop.SLOWNESS_MILLIS - 1));
  }

  @Test
  void requestsAreCountedExceptThoseForTheCount() throws Exception {
    Endpoints at = server.endpoints();
    get(at.products(), "/products/1");
    get(at.stock(), "/stock/1");
    get(at.users(), "/count");

    assertThat(get(at.reviews(), "/count").body()).isEqualTo("2");
  }

  @Test
  void requestsMayComeInPiecesAndTogether() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.endpoints().prices())) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      out.write(bytes("GET /prices/1 HTTP/1.1\r\nHo"));
      out.flush();
      out.write(bytes("st: a\r\n\r\nGET /prices/2 HTTP/1.1\r\nHost: a\r\n\r\n"));
      out.flush();

      String answers = readUntil(socket.getInputStream(), "\"productId\":2");
      assertThat(answers).contains("\"productId\":1");
    }
  }

  @Test
  void aPageIsAboutFiveKilobytes() {
    double average = 0;
    for (int id = 1; id <= 900; id++) {
      average += shop.page(id, true).toBuffer().length() / 900.0;
    }

    assertThat(average).isBetween(5_000.0, 5_800.0);
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10))
        .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject object(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (text.indexOf(end) < 0) {
      int count = in.read(buffer);
      if (count < 0) {
        break;
      }
      text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
