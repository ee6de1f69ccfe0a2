package dev.gatehouse.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.transport.Transport;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process serves and calls by each transport that works here. */
class TransportsTest {
  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void aProcessServesAndCallsByIt(String name) {
    Transport transport = Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
        .filter(known -> known != null && known.name().equals(name))
        .findFirst()
        .orElse(null);
    assumeTrue(
        transport != null && transport.available(),
        () -> "SKIPPED: " + name + " does not work on this machine");

    try (ReloadedProcess process =
        new ReloadedProcess(directory.resolve("gatehouse.yaml"), Transports.of(name))) {
      process.write(process.services(""));
      process.start("web");
      int port = process.port("web");
      List<CompletableFuture<HttpResponse<String>>> answers =
          Stream.generate(() -> process.page(port)).limit(200).toList();
      assertThat(answers)
          .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("\"catalog\""));
    }
  }

  @Test
  void whereNoneIsNamedItIsOneThatWorks() {
    assertThat(Transports.of(null).available()).isTrue();
  }
}
