package dev.gatehouse.examples.storefront;

import dev.gatehouse.examples.storefront.services.DemoService;
import dev.gatehouse.examples.storefront.services.DemoServices;
import dev.gatehouse.examples.storefront.services.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The storefront as a process of its own, over services of this one, all on ports that were free. */
final class RunningStorefront implements AutoCloseable {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final int SECONDS = 90;

  private final Vertx vertx = Vertx.vertx();
  private final DemoServices services =
      DemoServices.start(vertx, Ports.ANY_FREE).await();
  private final Map<String, String> ports = new LinkedHashMap<>();
  private final Path output;
  private final Process process;
  private @Nullable Sidecar sidecar;

  private RunningStorefront(boolean behindSidecar) throws Exception {
    ports.put(":7100", ":" + services.ports().control());
    int port = 7101;
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Storefront.class.getName(),
        "--config",
        MODULE.resolve("gatehouse.yaml").toString()));
    for (DemoService service : DemoService.values()) {
      int actual = services.uri(service).getPort();
      ports.put(":" + port++, ":" + actual);
      command.add("--set");
      command.add("services." + service.label() + ".endpoints=http://127.0.0.1:" + actual);
    }
    if (behindSidecar) {
      Map<DemoService, Integer> running = new EnumMap<>(DemoService.class);
      for (DemoService service : DemoService.values()) {
        running.put(service, services.uri(service).getPort());
      }
      Sidecar started = new Sidecar(running);
      sidecar = started;
      ports.put(":15001", ":" + started.port());
      command.addAll(List.of(
          "--set",
          "mesh.shape=sidecar",
          "--set",
          "mesh.sidecar.proxy=http://127.0.0.1:" + started.port()));
    }
    listener(command, ":8080", "bffs.storefront-web.listener.port");
    listener(command, ":8081", "bffs.storefront-mobile.listener.port");
    listener(command, ":9090", "management.port");
    output = Files.createTempFile("storefront", ".log");
    process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Starts it, and waits until it answers as it does when it is warm. */
  static RunningStorefront start() throws Exception {
    return ready(new RunningStorefront(false));
  }

  /** The same with a proxy between the BFFs and the services. */
  static RunningStorefront startBehindSidecar() throws Exception {
    return ready(new RunningStorefront(true));
  }

  private static RunningStorefront ready(RunningStorefront storefront) throws Exception {
    try {
      storefront.awaitReady();
    } catch (Exception e) {
      storefront.close();
      throw e;
    }
    return storefront;
  }

  Process process() {
    return process;
  }

  /** What it has printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** A text with the ports that the documentation names, with those that are really used. */
  String actual(CharSequence documented) {
    String actual = documented.toString();
    for (Map.Entry<String, String> port : ports.entrySet()) {
      actual = actual.replace("127.0.0.1" + port.getKey(), "127.0.0.1" + port.getValue());
    }
    return actual;
  }

  /** As {@link #actual}, as an address. */
  URI uri(String documented) {
    return URI.create(actual(documented));
  }

  /** What a command prints. */
  String shell(String command) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("bash", "-c", actual(command))
        .redirectErrorStream(true)
        .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    shell.waitFor();
    return printed;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    if (sidecar != null) {
      sidecar.close();
    }
    services.close().await();
    vertx.close().await();
  }

  private void listener(List<String> command, String documented, String key) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      ports.put(documented, ":" + socket.getLocalPort());
      command.add("--set");
      command.add(key + "=" + socket.getLocalPort());
    }
  }

  private void awaitReady() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    HttpClient client = HttpClient.newHttpClient();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (isReady(client) && isWarm(client)) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException("the storefront did not start:\n" + output());
  }

  private boolean isReady(HttpClient client) throws IOException, InterruptedException {
    return get(client, "http://127.0.0.1:9090/health/ready").statusCode() == 200;
  }

  /** The page's time limits are those of production: a JVM that has just started on a busy machine may miss them. */
  private boolean isWarm(HttpClient client) throws IOException, InterruptedException {
    HttpResponse<Void> page = get(client, "http://127.0.0.1:8080/api/product-pages/p-2");
    return page.statusCode() == 200
        && page.headers().firstValue("gatehouse-degraded").isEmpty();
  }

  private HttpResponse<Void> get(HttpClient client, String documented)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(documented)).build(), HttpResponse.BodyHandlers.discarding());
  }
}
