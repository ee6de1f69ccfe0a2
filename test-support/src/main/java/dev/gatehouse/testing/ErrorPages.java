package dev.gatehouse.testing;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages of some error codes show is true: the broken snippet compiles and has the mistake and the message that the
 * page says, the mended one has none. A door's tests extend it for their codes.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class ErrorPages {
  private static final Pattern PAGE = Pattern.compile(
      "## Broken\n\n```java\n(?<broken>.+?)```\n\n```text\n(?<message>.+?)\n```\n\n"
          + "## Mended\n\n```java\n(?<mended>.+?)```",
      Pattern.DOTALL);

  private final String prefix;
  private final String imports;
  private @Nullable URLClassLoader snippets;

  /**
   * @param prefix how the names of the codes begin
   * @param imports the import declarations that stand before every snippet
   */
  protected ErrorPages(String prefix, String imports) {
    this.prefix = prefix;
    this.imports = imports;
  }

  final Stream<Code> codes() {
    return Arrays.stream(Code.values()).filter(code -> code.name().startsWith(prefix));
  }

  @BeforeAll
  final void compileAllSnippets(@TempDir Path output) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    codes().forEach(code -> {
      Matcher page = page(code);
      sources.add(new Source(packageOf(code, "broken"), imports, page.group("broken")));
      sources.add(new Source(packageOf(code, "mended"), imports, page.group("mended")));
    });
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-proc:none", "-nowarn", "-parameters", "-d", output.toString());
    StringWriter errors = new StringWriter();
    assertThat(compiler.getTask(errors, null, null, options, null, sources).call())
        .as("snippets do not compile: %s", errors)
        .isTrue();
    snippets = new URLClassLoader(new URL[] {output.toUri().toURL()}, getClass().getClassLoader());
  }

  @AfterAll
  final void closeTheirLoader() throws IOException {
    if (snippets != null) {
      snippets.close();
    }
  }

  @ParameterizedTest
  @MethodSource("codes")
  final void theBrokenSnippetHasExactlyThisMistakeAndMessage(Code code) throws Exception {
    List<Finding> findings = findings(packageOf(code, "broken"));

    assertThat(findings.stream().map(Finding::message).collect(joining("\n")))
        .isEqualTo(page(code).group("message"));
    assertThat(findings).extracting(Finding::code).containsOnly(code);
    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.place().file()).isEqualTo("Storefront.java"));
  }

  @ParameterizedTest
  @MethodSource("codes")
  final void theMendedSnippetHasNoMistake(Code code) throws Exception {
    assertThat(findings(packageOf(code, "mended"))).isEmpty();
  }

  private static String packageOf(Code code, String state) {
    return "docs." + code.name().toLowerCase(Locale.ROOT) + "." + state;
  }

  private static Matcher page(Code code) {
    Matcher page = PAGE.matcher(text(Path.of("..", code.page())));
    assertThat(page.find()).as("%s has the form of a page", code.id()).isTrue();
    return page;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Finding> findings(String snippet) throws Exception {
    Field bff = Class.forName(snippet + ".Storefront", true, snippets).getDeclaredField("BFF");
    bff.setAccessible(true);
    return ((Bff) requireNonNull(bff.get(null))).findings();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String packageName, String imports, String members) {
      super(
          URI.create("string:///" + packageName.replace('.', '/') + "/Storefront.java"),
          Kind.SOURCE);
      text = "package " + packageName + ";\n" + imports + "public final class Storefront {\n"
          + members + "\n}\n";
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
