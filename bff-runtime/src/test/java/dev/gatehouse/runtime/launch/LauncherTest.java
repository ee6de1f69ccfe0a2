package dev.gatehouse.runtime.launch;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.runtime.testdoor.TestDoor.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.door.DocumentReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options print, where, and with which exit code. */
class LauncherTest {
  private static final Operation<String, String> NAME =
      Service.named("catalog").get("/{id}").returns(String.class);
  private static final Composite<String, String> PAGE =
      Composite.named("Page", String.class, id -> NAME.call(id));
  private static final Bff SHOP = Bff.named("shop").open(test().opening(PAGE, anyone()));
  private static final Bff UNSOUND = Bff.named("shop").open(test().opening(PAGE, null));

  @TempDir
  private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String config = "";

  @BeforeEach
  void configure() throws IOException {
    config = write("{services: {catalog: {endpoints: 'http://localhost:1'}}}");
  }

  private String write(String yaml) throws IOException {
    Path file = Files.createTempFile(directory, "gatehouse", ".yaml");
    Files.writeString(file, yaml);
    return file.toString();
  }

  private int execute(List<Bff> bffs, String... args) {
    return new Launcher()
        .execute(
            args,
            bffs,
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void helpListsEveryOption() {
    assertThat(execute(List.of(SHOP), "--help")).isZero();
    assertThat(out())
        .contains(
            "--config",
            "--set",
            "--transport",
            "--check",
            "--check-operations",
            "--print-contract",
            "--print-config",
            "--version");
    assertThat(err()).isEmpty();
  }

  @Test
  void theVersionIsTold() {
    assertThat(execute(List.of(SHOP), "--version")).isZero();
    assertThat(out()).startsWith("Gatehouse ");
  }

  @Test
  void anOptionThatIsNotUnderstoodIsAUsageErrorWithTheOptions() {
    assertThat(execute(List.of(SHOP), "--chekc")).isEqualTo(2);
    assertThat(err()).startsWith("--chekc: unknown option").contains("Options:");
    assertThat(out()).isEmpty();
  }

  @Test
  void anOptionWithoutItsValueIsAUsageError() {
    assertThat(execute(List.of(SHOP), "--print-contract")).isEqualTo(2);
    assertThat(execute(List.of(SHOP), "--check-operations")).isEqualTo(2);
    assertThat(execute(List.of(SHOP), "--set", "drain")).isEqualTo(2);
    assertThat(err())
        .contains(
            "--print-contract: no value", "--check-operations: no value", "--set drain: no value");
  }

  @Test
  void aTransportIsOneOfThoseThereAre() {
    assertThat(execute(List.of(SHOP), "--transport", "uring")).isEqualTo(2);
    assertThat(err())
        .startsWith("--transport uring: unknown (expected: one of nio, epoll, io_uring, kqueue)");
  }

  @Test
  void aTransportThatCannotBeUsedIsAMistakeThatSaysWhatToDo() {
    assertThat(execute(List.of(SHOP), "--check", "--transport", "kqueue", "--config", config))
        .isEqualTo(1);
    assertThat(err())
        .contains(
            "--transport kqueue: not on the class path (expected: the artifact io.netty:netty-transport-native-kqueue of this platform)");
  }

  @Test
  void aTransportThatWorksIsTaken() {
    assertThat(execute(List.of(SHOP), "--check", "--transport=nio", "--config", config))
        .isZero();
  }

  @Test
  void aCheckOfWhatCanBeUsedSaysSo() {
    assertThat(execute(List.of(SHOP), "--check", "--config", config)).isZero();
    assertThat(out()).isEqualTo("The BFFs and the configuration can be used.\n");
  }

  @Test
  void aCheckTellsOfTheBffAndOfTheConfigurationTogether() throws IOException {
    assertThat(execute(List.of(UNSOUND), "--check", "--config", write("drian: 1s")))
        .isEqualTo(1);
    assertThat(err()).contains("drian: unknown key", "BFF shop: GH-140");
    assertThat(out()).isEmpty();
  }

  @Test
  void aCheckAsksTheDoorsToo() {
    Bff shut = Bff.named("shop").open(test().opening(PAGE, anyone()).shutBecause("out of order"));

    assertThat(execute(List.of(shut), "--check", "--config", config)).isEqualTo(1);
    assertThat(err()).isEqualTo("- BFF shop: out of order\n");
  }

  @Test
  void theContractNeedsNoConfiguration() {
    Bff promising =
        Bff.named("shop").open(test().opening(PAGE, anyone()).promising("type Query\n"));

    assertThat(execute(List.of(promising), "--print-contract", "shop", "--config", "no-such-file"))
        .isZero();
    assertThat(out()).isEqualTo("type Query\n");
  }

  @Test
  void theContractOfABffThatIsNotThereIsAUsageError() {
    assertThat(execute(List.of(SHOP), "--print-contract", "shpo")).isEqualTo(2);
    assertThat(err()).isEqualTo("--print-contract shpo: no such BFF (expected: one of shop)\n");
  }

  @Test
  void theConfigurationIsPrintedWithItsOrigins() {
    assertThat(execute(List.of(SHOP), "--print-config", "--config", config, "--set", "drain=3s"))
        .isZero();
    assertThat(out())
        .contains("drain: 3s")
        .contains("bffs.shop.listener.port")
        .contains("# default");
  }

  @Test
  void operationsAreToldWithWhatTheyCouldCost() {
    Bff bff = Bff.named("shop")
        .open(test()
            .opening(PAGE, anyone())
            .reporting(new DocumentReport(
                List.of(
                    new DocumentReport.Line("web.json: \"a\"", "query Page", 3, 20),
                    new DocumentReport.Line("web.json: \"b\"", "query All", Long.MAX_VALUE, 1)),
                List.of())));

    assertThat(execute(List.of(bff), "--check-operations", "web.json", "--config", config))
        .isZero();
    assertThat(out())
        .isEqualTo("query Page: at most 3 calls, 20 rows  # web.json: \"a\"\n"
            + "query All: at most unbounded calls, 1 rows  # web.json: \"b\"\n");
  }

  @Test
  void operationsWithProblemsFailTheCheck() throws IOException {
    Bff bff = Bff.named("shop")
        .open(test()
            .opening(PAGE, anyone())
            .reporting(new DocumentReport(List.of(), List.of("web.json: \"a\": no such field"))));
    config = write("{services: {catalog: {endpoints: 'http://localhost:1'}},"
        + " bffs: {shop: {listener: {port: 0}}, other: {listener: {port: 0}}}}");
    Bff other = Bff.named("other").open(test().opening(PAGE, anyone()));

    assertThat(execute(
            List.of(bff, other), "--check-operations", "web.json", "shop", "--config", config))
        .isEqualTo(1);
    assertThat(err()).isEqualTo("- web.json: \"a\": no such field\n");
    assertThat(execute(List.of(bff, other), "--check-operations", "web.json", "--config", config))
        .isEqualTo(2);
    configure();
    assertThat(execute(List.of(other), "--check-operations", "web.json", "--config", config))
        .isEqualTo(1);
    assertThat(err()).contains("expected: one of shop, other", "no door takes operations");
  }

  @Test
  void aFailureThatAnOperatorCanMendIsTheMessageAlone() {
    assertThat(execute(List.of(UNSOUND), "--config", config, "--set", "management.port=0"))
        .isEqualTo(1);
    assertThat(err())
        .startsWith("BFF shop cannot start:")
        .contains("GH-140")
        .doesNotContain("\tat ");
  }

  @Test
  void aFailureOfTheProgramIsOneLineAndItsTraceGoesToTheLog() {
    new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8))
        .explain(new IllegalStateException("broken"));

    assertThat(err())
        .isEqualTo(
            "The process cannot start: java.lang.IllegalStateException: broken (the log has the stack trace)\n");
  }

  @Test
  void noBffIsAConfigurationError() {
    assertThat(execute(List.of(), "--check")).isEqualTo(1);
    assertThat(err()).contains("BFFs: none (expected: at least one");
  }
}
