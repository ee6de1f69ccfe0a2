package dev.gatehouse.graphql;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the pages of the codes of GraphQL show is true. */
class GraphqlErrorPagesTest {
  private static final String OF_GRAPHQL = "GRAPHQL_.*";
  private static final Pattern PAGE = Pattern.compile(
      "## Broken\n\n```java\n(?<broken>.+?)```\n\n```text\n(?<message>.+?)\n```\n\n"
          + "## Mended\n\n```java\n(?<mended>.+?)```",
      Pattern.DOTALL);
  private static final String IMPORTS = """
      import static dev.gatehouse.dsl.Access.*;
      import static dev.gatehouse.dsl.Verbs.*;
      import static dev.gatehouse.graphql.GraphqlDoor.graphql;
      import dev.gatehouse.dsl.*;
      import dev.gatehouse.dsl.contract.Nothing;
      import com.fasterxml.jackson.annotation.JsonProperty;
      import java.math.BigDecimal;
      import java.util.*;
      """;

  private static URLClassLoader snippets;

  @BeforeAll
  static void compileAllSnippets(@TempDir Path output) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Code code : Code.values()) {
      if (code.name().matches(OF_GRAPHQL)) {
        sources.add(new Source(packageOf(code, "broken"), page(code).group("broken")));
        sources.add(new Source(packageOf(code, "mended"), page(code).group("mended")));
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-proc:none", "-nowarn", "-parameters", "-d", output.toString());
    StringWriter errors = new StringWriter();
    assertThat(compiler.getTask(errors, null, null, options, null, sources).call())
        .as("snippets do not compile: %s", errors)
        .isTrue();
    snippets = new URLClassLoader(
        new URL[] {output.toUri().toURL()}, GraphqlErrorPagesTest.class.getClassLoader());
  }

  @AfterAll
  static void closeTheirLoader() throws IOException {
    snippets.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = OF_GRAPHQL)
  void theBrokenSnippetHasExactlyThisMistakeAndMessage(Code code) throws Exception {
    List<Finding> findings = findings(packageOf(code, "broken"));

    assertThat(findings.stream().map(Finding::message).collect(joining("\n")))
        .isEqualTo(page(code).group("message"));
    assertThat(findings).extracting(Finding::code).containsOnly(code);
    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.place().file()).isEqualTo("Storefront.java"));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = OF_GRAPHQL)
  void theMendedSnippetHasNoMistake(Code code) throws Exception {
    assertThat(findings(packageOf(code, "mended"))).isEmpty();
  }

  private static String packageOf(Code code, String state) {
    return "docs." + code.name().toLowerCase(Locale.ROOT) + "." + state;
  }

  private static Matcher page(Code code) throws IOException {
    Matcher page = PAGE.matcher(Files.readString(Path.of("..", code.page())));
    assertThat(page.find()).as("%s has the form of a page", code.id()).isTrue();
    return page;
  }

  private static List<Finding> findings(String snippet) throws Exception {
    Field bff = Class.forName(snippet + ".Storefront", true, snippets).getDeclaredField("BFF");
    bff.setAccessible(true);
    return ((Bff) bff.get(null)).findings();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String packageName, String members) {
      super(
          URI.create("string:///" + packageName.replace('.', '/') + "/Storefront.java"),
          Kind.SOURCE);
      text = "package " + packageName + ";\n" + IMPORTS + "public final class Storefront {\n"
          + members + "\n}\n";
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
