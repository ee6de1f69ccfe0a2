package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Verbs.object;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Trees of every kind of type, grown from a seed; some of what the contract demands is missing, and some calls fail. */
final class Garden {
  record Plot(
      String id,
      Plant plant,
      @Nullable Plant neighbour,
      @Nullable Weather weather,
      List<Note> notes) {}

  record Plant(
      String id,
      String name,
      @Nullable BigDecimal height,
      Season season,
      List<Part> parts,
      @Nullable List<@Nullable Part> cuttings,
      @Nullable Pest pest,
      @Nullable Plant parent,
      List<String> tags,
      @Nullable Serial serial,
      @Nullable List<Serial> seeds) {}

  /** Counted here, text for clients. */
  record Serial(long value) {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  enum Season {
    SPRING,
    AUTUMN
  }

  /** Its cases share fields, one of which is nullable in one of them only. */
  sealed interface Part permits Leaf, Flower {}

  record Leaf(String name, int age, @Nullable String shape) implements Part {}

  record Flower(
      String name,
      @Nullable Integer petals,
      String shape,
      @Nullable Plant bud) implements Part {}

  /** Its cases share nothing. */
  sealed interface Pest permits Aphid, Slug {}

  record Aphid(int count) implements Pest {}

  record Slug(String colour, @Nullable Plant eats) implements Pest {}

  record Weather(double temperature, String sky) {}

  record Note(int number, String text) {}

  record Notes(List<Note> notes) {}

  static final Operation<String, Plant> PLANT =
      Operation.blocking("plant", String.class, Plant.class, Garden::plant);
  static final Operation<String, Plant> NEIGHBOUR =
      Operation.blocking("neighbour", String.class, Plant.class, Garden::neighbour);
  static final Operation<String, Weather> WEATHER =
      Operation.blocking("weather", String.class, Weather.class, Garden::weather);

  static final Operation<String, Notes> NOTES =
      Operation.blocking("notes", String.class, Notes.class, Garden::notes);

  static final Composite<String, Plant> PLANT_ALONE =
      Composite.named("PlantAlone", String.class, id -> PLANT.call(id));

  static final Composite<String, Plot> PLOT = Composite.named(
      "Plot",
      String.class,
      id -> object(Plot.class)
          .with(Plot::id, id)
          .with(Plot::plant, PLANT.call(id))
          .with(Plot::neighbour, NEIGHBOUR.call(id).orNull())
          .with(Plot::weather, WEATHER.call(id).orNull())
          .withArguments(
              Plot::notes,
              arguments -> NOTES
                  .call(id)
                  .items(Notes::notes)
                  .atMost(10)
                  .first(arguments
                      .argument("first", Integer.class)
                      .byDefault(2)
                      .between(1, 4)
                      .value())));

  private Garden() {}

  static Notes notes(String seed) {
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      notes.add(new Note(i, seed.hashCode() % 7 == i ? missing() : "note " + i));
    }
    return new Notes(notes);
  }

  static Plant plant(String seed) {
    if (seed.hashCode() % 11 == 0) {
      throw new IllegalStateException("nothing grows");
    }
    return grow(new Random(seed.hashCode()), 0);
  }

  static Plant neighbour(String seed) {
    return plant(seed + "n");
  }

  static Weather weather(String seed) {
    if (seed.hashCode() % 3 == 0) {
      throw new IllegalStateException("no forecast");
    }
    return new Weather(seed.hashCode() % 40, seed.hashCode() % 5 == 0 ? missing() : "grey");
  }

  @SuppressWarnings("NullAway") // what a contract forbids, on purpose
  private static <T> T missing() {
    return null;
  }

  private static <T> T mostly(Random random, T value) {
    return random.nextInt(14) == 0 ? missing() : value;
  }

  private static Plant grow(Random random, int depth) {
    boolean deep = depth < 3;
    return new Plant(
        "p" + random.nextInt(100),
        mostly(random, "name \"" + random.nextInt(10) + "\" ü"),
        random.nextBoolean() ? new BigDecimal(random.nextInt(1000) + ".50") : null,
        mostly(random, Season.values()[random.nextInt(2)]),
        mostly(random, parts(random, depth)),
        random.nextBoolean() ? parts(random, depth) : null,
        random.nextBoolean()
            ? null
            : random.nextBoolean()
                ? new Aphid(random.nextInt(9))
                : new Slug(mostly(random, "black"), deep ? grow(random, depth + 1) : null),
        deep && random.nextBoolean() ? grow(random, depth + 1) : null,
        mostly(random, List.of("a", "b")),
        random.nextBoolean() ? new Serial(random.nextLong()) : null,
        random.nextBoolean()
            ? Arrays.asList(new Serial(random.nextInt(9)), mostly(random, new Serial(-1)))
            : null);
  }

  private static List<Part> parts(Random random, int depth) {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      parts.add(mostly(
          random,
          random.nextBoolean()
              ? new Leaf(
                  mostly(random, "leaf"), random.nextInt(5), random.nextBoolean() ? "oval" : null)
              : new Flower(
                  mostly(random, "flower"),
                  random.nextBoolean() ? 5 : null,
                  mostly(random, "star"),
                  depth < 3 && random.nextBoolean() ? grow(random, depth + 1) : null)));
    }
    return parts;
  }
}
