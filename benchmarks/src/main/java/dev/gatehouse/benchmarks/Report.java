package dev.gatehouse.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The standings as Markdown for people and as JSON for programs. */
final class Report {
  private final Settings settings;
  private final boolean pinned;
  private final List<Standing> standings;
  private final List<Figure> figures;

  Report(Settings settings, boolean pinned, List<Standing> standings) {
    this.settings = settings;
    this.pinned = pinned;
    this.standings = List.copyOf(standings);
    figures = Figure.all(settings.rate());
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("%s: medians of %d rounds of %d s, %d connections%s%n%n"
        .formatted(
            settings.job(),
            settings.rounds(),
            settings.round().toSeconds(),
            settings.connections(),
            pinned
                ? ", server on core " + settings.serverCore()
                : ", not pinned: compare with care"));
    table(
        text,
        figures.stream().map(Figure::name).toList(),
        standing -> figures.stream()
            .map(figure -> number(figure.of(standing), figure.decimals()))
            .toList());
    standings.stream()
        .filter(standing -> standing.contestant().reference())
        .forEach(reference -> ratios(text, reference));
    return text.toString();
  }

  JsonObject json() {
    JsonArray contestants = new JsonArray();
    for (Standing standing : standings) {
      JsonObject medians = new JsonObject();
      figures.forEach(figure -> medians.put(figure.key(), figure.of(standing)));
      JsonArray rounds = new JsonArray();
      standing
          .rounds()
          .forEach(round -> rounds.add(new JsonObject()
              .put("answers", round.closedLoop().answers())
              .put("cpuMicrosPerRequest", round.cpuMicrosPerRequest())
              .put("requestsPerSecond", round.closedLoop().throughput())
              .put("compiling", round.cpu().compiling())
              .put("collecting", round.cpu().collecting())
              .put("others", round.others())
              .put("errors", round.errors())));
      contestants.add(new JsonObject()
          .put("name", standing.contestant().name())
          .put("description", standing.contestant().description())
          .put("medians", medians)
          .put("rounds", rounds));
    }
    return new JsonObject()
        .put("job", settings.job().toString())
        .put("jdk", settings.jdk().toString())
        .put("pinned", pinned)
        .put("connections", settings.connections())
        .put("rate", settings.rate())
        .put("contestants", contestants);
  }

  /** Writes the JSON to a new file in the output directory. */
  Path write(Instant when) throws IOException {
    String moment = when.truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
    Path file = settings.output().resolve(settings.job() + "-" + moment + ".json");
    return Files.writeString(file, json().put("at", when.toString()).encodePrettily());
  }

  private void ratios(StringBuilder text, Standing reference) {
    List<Figure> compared = figures.stream()
        .filter(figure -> figure.isCompared() && figure.of(reference) != null)
        .toList();
    text.append("%nratio to %s%n%n".formatted(reference.contestant().name()));
    table(
        text,
        compared.stream().map(Figure::quantity).toList(),
        standing -> compared.stream()
            .map(figure -> number(ratio(figure.of(standing), figure.of(reference)), 2))
            .toList());
  }

  private void table(
      StringBuilder text, List<String> heads, Function<Standing, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("contestant"));
    head.addAll(heads);
    rows.add(head);
    rows.add(head.stream()
        .map(cell -> rows.get(0).indexOf(cell) == 0 ? "---" : "---:")
        .toList());
    for (Standing standing : standings) {
      List<String> row = new ArrayList<>(List.of(standing.contestant().name()));
      row.addAll(cells.apply(standing));
      rows.add(row);
    }
    rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
  }

  private static @Nullable Double ratio(@Nullable Double value, @Nullable Double reference) {
    return value == null || reference == null || reference == 0 ? null : value / reference;
  }

  private static String number(@Nullable Double value, int decimals) {
    return value == null ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
