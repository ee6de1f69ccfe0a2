package dev.gatehouse.usage;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every code has a page, and what the pages show is true; the doors' own modules look at what their pages show. */
class ErrorPagesTest {
  private static final Path PAGES = Path.of("../docs/errors");
  private static final Pattern PAGE = Pattern.compile(
      "# (?<title>[^\n]+)\n\n(?<cause>.+?)\n\n"
          + "## Broken\n\n```java\n(?<broken>.+?)```\n\n```text\n(?<message>.+?)\n```\n\n"
          + "## Mended\n\n```java\n(?<mended>.+?)```\n(?<more>.*)",
      Pattern.DOTALL);

  /** The codes whose pages their doors' modules look at. */
  private static final String OF_DOORS = "(ROUTE|GRAPHQL)_.*";

  private static URLClassLoader snippets;

  @BeforeAll
  static void compileAllSnippets(@TempDir Path output) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Code code : Code.values()) {
      if (code.name().matches(OF_DOORS)) {
        continue;
      }
      sources.put(broken(code), page(code).group("broken"));
      sources.put(mended(code), page(code).group("mended"));
    }
    snippets = SnippetCompiler.compile(sources, output);
  }

  @AfterAll
  static void closeTheirLoader() throws IOException {
    snippets.close();
  }

  private static String broken(Code code) {
    return "docs." + code.name().toLowerCase(Locale.ROOT) + ".broken.Storefront";
  }

  private static String mended(Code code) {
    return "docs." + code.name().toLowerCase(Locale.ROOT) + ".mended.Storefront";
  }

  private static Matcher page(Code code) throws IOException {
    String text = Files.readString(PAGES.resolve(code.id() + ".md"));
    Matcher page = PAGE.matcher(text);
    assertThat(page.matches()).as("%s has the form of a page", code.id()).isTrue();
    return page;
  }

  @ParameterizedTest
  @EnumSource
  void thePageIsTitledWithItsCode(Code code) throws IOException {
    assertThat(page(code).group("title") + ".").isEqualTo(code.id() + ": " + code.summary());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = OF_DOORS)
  void theBrokenSnippetHasExactlyThisMistakeAndMessage(Code code) throws Exception {
    List<Finding> findings = findings(broken(code));
    assertThat(findings).extracting(Finding::code).containsOnly(code);
    assertThat(findings.stream().map(Finding::message).distinct().collect(joining("\n")))
        .isEqualTo(page(code).group("message"));
    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.place().file()).isEqualTo("Storefront.java"));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = OF_DOORS)
  void theMendedSnippetHasNoMistake(Code code) throws Exception {
    assertThat(findings(mended(code))).isEmpty();
  }

  @Test
  void everyPageHasACodeAndTheIndexListsThemAll() throws IOException {
    List<String> codes = Arrays.stream(Code.values()).map(Code::id).toList();
    try (Stream<Path> files = Files.list(PAGES)) {
      assertThat(files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("GH-")))
          .containsExactlyInAnyOrderElementsOf(
              codes.stream().map(code -> code + ".md").toList());
    }
    String index = Arrays.stream(Code.values())
        .map(code -> "| [%1$s](%1$s.md) | %2$s |%n".formatted(code.id(), code.summary()))
        .collect(joining())
        .replace("\r", "");
    assertThat(Files.readString(PAGES.resolve("README.md"))).endsWith(index);
  }

  private static List<Finding> findings(String snippet) throws Exception {
    List<Finding> findings = new ArrayList<>();
    try {
      for (Field field : Class.forName(snippet, true, snippets).getDeclaredFields()) {
        field.setAccessible(true);
        if (Composite.class.isAssignableFrom(field.getType())) {
          findings.addAll(((Composite<?, ?>) field.get(null)).findings());
        } else if (Bff.class.isAssignableFrom(field.getType())) {
          findings.addAll(((Bff) field.get(null)).findings());
        }
      }
    } catch (ExceptionInInitializerError e) {
      if (!(e.getCause() instanceof DefinitionException wrong)) {
        throw e;
      }
      findings.addAll(wrong.findings());
    }
    return findings.stream().distinct().toList();
  }
}
