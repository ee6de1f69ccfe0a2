package dev.gatehouse.runtime.discovery.file;

import dev.gatehouse.runtime.discovery.file.FileSource.Look;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the files when they have changed. Blocks, so it is for worker threads, one at a time. */
final class ServiceFiles {
  private static final int MOST_BYTES = 16 << 20;

  private final List<Path> paths;
  private @Nullable List<String> stamps;

  ServiceFiles(List<String> paths) {
    this.paths = paths.stream().map(Path::of).toList();
  }

  Look look() {
    List<String> now = paths.stream().map(ServiceFiles::stamp).toList();
    if (now.equals(stamps)) {
      return new Look(true, null, null);
    }
    stamps = now;
    List<Object> documents = new ArrayList<>();
    for (Path path : paths) {
      try {
        documents.add(read(path));
      } catch (IOException | YAMLException e) {
        return new Look(false, null, path + ": " + why(e));
      }
    }
    try {
      return new Look(false, ListedServices.of(documents), null);
    } catch (IllegalArgumentException e) {
      return new Look(false, null, e.getMessage());
    }
  }

  /** Also tells a file from another that was put in its place, as a mounted ConfigMap is. */
  private static String stamp(Path path) {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
    } catch (IOException e) {
      return "absent";
    }
  }

  private static @Nullable Object read(Path path) throws IOException {
    if (Files.size(path) > MOST_BYTES) {
      throw new IOException("larger than 16 MiB (expected: a list of services)");
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_BYTES);
    options.setMaxAliasesForCollections(100);
    try (Reader reader = Files.newBufferedReader(path)) {
      return new Yaml(new SafeConstructor(options)).load(reader);
    }
  }

  private static String why(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof CharacterCodingException) {
      return "not UTF-8";
    }
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return "line " + (marked.getProblemMark().getLine() + 1) + ": not YAML: "
          + marked.getProblem();
    }
    return String.valueOf(e.getMessage());
  }
}
