package dev.gatehouse.usage;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the members of classes, as documentation shows them, with the imports it leaves out. */
final class SnippetCompiler {
  private static final String HEADER = List.of(
          "com.fasterxml.jackson.annotation.*",
          "dev.gatehouse.dsl.*",
          "dev.gatehouse.dsl.contract.*",
          "java.math.BigDecimal",
          "java.time.*",
          "java.util.*",
          "org.jspecify.annotations.Nullable",
          "static dev.gatehouse.dsl.Access.*",
          "static dev.gatehouse.dsl.Verbs.*",
          "static dev.gatehouse.usage.doors.Rest.rest",
          "static java.time.Duration.*")
      .stream()
      .map(name -> "import " + name + ";\n")
      .collect(joining());

  private SnippetCompiler() {}

  /**
   * @param members of each class, by its qualified name
   * @return what has all the classes
   */
  static URLClassLoader compile(Map<String, String> members, Path output) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    List<JavaFileObject> sources = members.entrySet().stream()
        .<JavaFileObject>map(one -> new Source(one.getKey(), one.getValue()))
        .toList();
    List<String> options = List.of(
        "-proc:none",
        "-nowarn",
        "-parameters",
        "-d",
        output.toString(),
        "-classpath",
        System.getProperty("java.class.path"));
    if (!compiler.getTask(errors, null, null, options, null, sources).call()) {
      throw new AssertionError("snippets do not compile:\n" + errors);
    }
    return new URLClassLoader(
        new URL[] {output.toUri().toURL()}, SnippetCompiler.class.getClassLoader());
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String members) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      int dot = name.lastIndexOf('.');
      text = "package " + name.substring(0, dot) + ";\n" + HEADER + "public final class "
          + name.substring(dot + 1) + " {\n" + members + "\n}\n";
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
