package dev.gatehouse.runtime.settings;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** In which line of a YAML file each key stands, and what is wrong with the file as such. */
final class YamlFile {
  private final String path;
  private final Map<List<String>, Integer> lines = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private boolean readable;

  private YamlFile(String path) {
    this.path = path;
  }

  /** A file that is not there, and need not be. */
  static YamlFile absent(String path) {
    return new YamlFile(path);
  }

  static YamlFile parse(String path, String text) {
    YamlFile file = new YamlFile(path);
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        file.readable = true;
        file.index(List.of(), mapping);
      } else if (root != null) {
        file.problems.add(
            path + ":1: not a tree of keys (expected: keys such as bffs and services)");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      file.problems.add(path + ":" + line + ": not YAML: " + e.getProblem());
    }
    return file;
  }

  private void index(List<String> above, MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        List<String> path = new ArrayList<>(above);
        path.add(key.getValue());
        int line = key.getStartMark().getLine() + 1;
        Integer first = lines.putIfAbsent(path, line);
        if (first != null) {
          problems.add(this.path + ":" + line + ": " + String.join(".", path)
              + ": given twice (first in line " + first + ")");
        }
        if (entry.getValueNode() instanceof MappingNode below) {
          index(path, below);
        }
      }
    }
  }

  /** Whether it holds keys. */
  boolean isReadable() {
    return readable;
  }

  List<String> problems() {
    return problems;
  }

  /** Where a key stands; where its line is not known, the line of what is above it. */
  Origin origin(List<String> key) {
    for (int length = key.size(); length > 0; length--) {
      @Nullable Integer line = lines.get(key.subList(0, length));
      if (line != null) {
        return new Origin(path + ":" + line);
      }
    }
    return new Origin(path);
  }
}
