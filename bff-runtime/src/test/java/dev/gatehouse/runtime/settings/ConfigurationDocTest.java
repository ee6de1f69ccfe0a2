package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps the tables of docs/configuration.md as the settings say; {@code -Dgatehouse.docs.write} writes them. */
class ConfigurationDocTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final Map<Section, String> MARKS = Map.of(
      Section.PROCESS,
      "process",
      Section.MANAGEMENT,
      "management",
      Section.MESH,
      "mesh",
      Section.CACHE,
      "cache",
      Section.BFF,
      "bffs",
      Section.SERVICE,
      "services");

  @Test
  void theDocumentListsEveryKeyAsDeclared() throws IOException {
    String document = Files.readString(DOCUMENT);
    String expected = document;
    for (Map.Entry<Section, String> mark : MARKS.entrySet()) {
      expected = replace(expected, mark.getValue(), table(mark.getKey()));
    }
    if (System.getProperty("gatehouse.docs.write") != null) {
      Files.writeString(DOCUMENT, expected);
    } else {
      assertThat(document)
          .as("run with -Dgatehouse.docs.write to bring it up to date")
          .isEqualTo(expected);
    }
  }

  private static String replace(String document, String mark, String table) {
    String begin = "<!-- keys: " + mark + " -->\n";
    String end = "<!-- end -->";
    assertThat(document).contains(begin);
    int from = document.indexOf(begin) + begin.length();
    return document.substring(0, from) + table + document.substring(document.indexOf(end, from));
  }

  private static String table(Section section) {
    StringBuilder table =
        new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
    for (Setting<?> setting : Catalogue.ALL.settings()) {
      if (setting.section() == section) {
        table
            .append("| `")
            .append(setting.key("*"))
            .append("` | ")
            .append(setting.type().name())
            .append(range(setting))
            .append(" | ")
            .append(setting.byDefault() == null ? "" : "`" + setting.defaultText() + "`")
            .append(" | ")
            .append(setting.description())
            .append(" |\n");
      }
    }
    return table.toString();
  }

  private static String range(Setting<?> setting) {
    String expected = setting.type().expected();
    int end = expected.indexOf(", such as");
    return expected.matches("[0-9].* to .*")
        ? ", " + (end < 0 ? expected : expected.substring(0, end))
        : "";
  }
}
