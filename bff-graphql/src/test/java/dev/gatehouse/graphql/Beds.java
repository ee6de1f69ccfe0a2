package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Verbs.object;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.testing.StubServices;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists whose elements need calls, some of which fail, and lists within lists. */
final class Beds {
  record Row(String id, List<String> seeds, String owner) {}

  record Seed(String id, String name) {}

  record SeedView(String id, @Nullable Seed seed, Seed must) {}

  record RowView(
      String id,
      @Nullable List<SeedView> seeds,
      @Nullable Seed owner,
      List<@Nullable Seed> spare) {}

  record Bed(
      String id,
      List<RowView> rows,
      @Nullable List<RowView> again,
      @Nullable Seed first) {}

  static final ListOperation<String, Row> ROWS =
      Service.named("catalog").get("/rows/{bed}").returnsList(Row.class).atMost(9);
  static final Operation<String, Seed> SEED =
      Service.named("users").get("/seeds{?ids*}").batchOf(Seed.class, Seed::id).upTo(3);

  static final Composite<String, Bed> BED = Composite.named("Bed", String.class, id -> {
    var rows = ROWS.call(id)
        .orEmpty()
        .each(row -> object(RowView.class)
            .with(RowView::id, row.get(Row::id))
            .with(
                RowView::seeds,
                row.items(Row::seeds)
                    .atMost(5)
                    .each(seed -> object(SeedView.class)
                        .with(SeedView::id, seed)
                        .with(SeedView::seed, SEED.call(seed).orNull())
                        .with(SeedView::must, SEED.call(seed)))
                    .orNull())
            .with(RowView::owner, SEED.call(row.get(Row::owner)).orNull())
            .with(
                RowView::spare,
                row.items(Row::seeds).atMost(5).each(seed -> SEED.call(seed).orNull())));
    return object(Bed.class)
        .with(Bed::id, id)
        .with(Bed::rows, rows)
        .with(Bed::again, rows.orNull())
        .with(Bed::first, SEED.call(id).orNull());
  });

  private Beds() {}

  /** What services answer for a key is a function of it, whichever other keys are asked for with it. */
  static void answer(StubServices services) {
    services.at("/seeds", request -> {
      List<String> ids = request.params().getAll("ids");
      JsonArray seeds = new JsonArray();
      for (String id : ids) {
        if (id.hashCode() % 7 != 0) {
          seeds.add(new JsonObject()
              .put("id", id)
              .put("name", id.hashCode() % 11 == 0 ? null : "seed " + id));
        }
      }
      request.response().end(seeds.encode());
    });
    for (int i = 0; i < 50; i++) {
      String bed = "s" + i;
      JsonArray rows = new JsonArray();
      for (int row = 0; row < i % 5; row++) {
        JsonArray seeds = new JsonArray();
        for (int seed = 0; seed < (i + row) % 4; seed++) {
          seeds.add("s" + (i * 7 + row * 3 + seed) % 50);
        }
        rows.add(new JsonObject()
            .put("id", bed + "-" + row)
            .put("seeds", seeds)
            .put("owner", "s" + (i + row) % 50));
      }
      if (i % 13 == 0) {
        services.at(
            "/rows/" + bed, request -> request.response().setStatusCode(500).end());
      } else {
        services.json("/rows/" + bed, rows.encode());
      }
    }
  }
}
