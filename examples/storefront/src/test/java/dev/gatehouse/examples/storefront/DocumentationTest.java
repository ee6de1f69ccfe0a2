package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the Java in the first pages that a newcomer reads to code that is compiled: {@link Quickstart}. */
class DocumentationTest {
  private static final Path QUICKSTART =
      Path.of("src/test/java/dev/gatehouse/examples/storefront/Quickstart.java");

  @ParameterizedTest
  @ValueSource(strings = {"../../README.md", "../../docs/getting-started.md"})
  void javaOnThePageIsCompiled(String page) throws IOException {
    String compiled = squeezed(Files.readString(QUICKSTART, StandardCharsets.UTF_8));
    List<String> blocks = javaBlocks(Path.of(page));
    assertThat(blocks).isNotEmpty();
    assertThat(blocks).allSatisfy(block -> {
      for (String part : block.split("\n\n")) {
        assertThat(compiled).contains(squeezed(part));
      }
    });
  }

  private static List<String> javaBlocks(Path page) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : Files.readAllLines(page, StandardCharsets.UTF_8)) {
      if (line.equals("```java")) {
        block = new StringBuilder();
      } else if (line.equals("```") && block != null) {
        blocks.add(block.toString());
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }

  /** Layout and remarks at the end of a line do not count. */
  private static String squeezed(String java) {
    return java.replaceAll("//.*", "").replaceAll("\\s+", "");
  }
}
