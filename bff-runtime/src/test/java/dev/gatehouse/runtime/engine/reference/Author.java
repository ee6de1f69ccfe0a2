package dev.gatehouse.runtime.engine.reference;

import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.list;
import static dev.gatehouse.dsl.Verbs.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.Items;
import dev.gatehouse.dsl.Outcome;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Contracts;
import dev.gatehouse.dsl.contract.JsonMapping;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes values by chance, in one scope of a composite. What it wrote before, here or further out, it may use again. */
final class Author {
  /** No list of a contract is sampled longer than that, so that this bound never costs one. */
  private static final int LONGEST = 3;

  private final Random random;
  private final Effort effort;
  private final @Nullable Author outer;
  private final Map<Kind, List<Value<?>>> known = new HashMap<>();

  private record Kind(Class<?> type, boolean firm) {}

  /** How much is still to be written, by all authors of a composite together. */
  private static final class Effort {
    private int left;

    Effort(int left) {
      this.left = left;
    }

    boolean isSpent() {
      return left <= 0;
    }
  }

  private Author(Random random, Effort effort, @Nullable Author outer) {
    this.random = random;
    this.effort = effort;
    this.outer = outer;
  }

  static Author of(Random random) {
    return new Author(random, new Effort(3 + random.nextInt(30)), null);
  }

  /** Of a scope inside. */
  Author inner() {
    return new Author(random, effort, this);
  }

  /** With one more value to use. */
  <T> Author knowing(Class<T> type, Value<T> value, boolean firm) {
    known.computeIfAbsent(new Kind(type, firm), any -> new ArrayList<>()).add(value);
    return this;
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  int number(int below) {
    return random.nextInt(below);
  }

  String letter() {
    return String.valueOf((char) ('a' + random.nextInt(6)));
  }

  /** A Java object of a contract. */
  <T> T sample(Class<T> type) {
    try {
      return JsonMapping.reader(type)
          .readValue(Trees.text(new Samples(random, 0).of(new Contracts().of(type))));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value that may be absent. */
  <T> Value<T> some(Class<T> type) {
    return write(type, false);
  }

  /** A value that is present by what is written. */
  <T> Value<T> firm(Class<T> type) {
    return write(type, true);
  }

  private <T> Value<T> write(Class<T> type, boolean firm) {
    List<Value<T>> seen = seen(type, firm);
    if (!seen.isEmpty() && (effort.isSpent() || chance(3))) {
      return seen.get(random.nextInt(seen.size()));
    }
    List<Recipes.Recipe<T>> recipes = Recipes.of(type, firm);
    Recipes.Recipe<T> recipe = recipes.get(effort.isSpent() ? 0 : random.nextInt(recipes.size()));
    effort.left--;
    Value<T> value = recipe.write(this);
    if (!effort.isSpent() && chance(4)) {
      value = firm ? firmer(type, value) : varied(type, value);
    }
    knowing(type, value, firm);
    return value;
  }

  private <T> Value<T> firmer(Class<T> type, Value<T> value) {
    return switch (random.nextInt(3)) {
      case 0 -> value.orElse(sample(type));
      case 1 -> value.orElseGet(() -> inner().firm(type));
      default -> some(type).orElse(sample(type));
    };
  }

  private <T> Value<T> varied(Class<T> type, Value<T> value) {
    return switch (random.nextInt(6)) {
      case 0 -> value.orNull();
      case 1 -> value.orElse(sample(type));
      case 2 -> value.orElseGet(() -> inner().some(type));
      case 3 -> when(some(Boolean.class), () -> inner().some(type));
      case 4 -> when(some(Boolean.class), () -> value);
      default -> value.outcome().get(Outcome<T>::value);
    };
  }

  @SuppressWarnings("unchecked") // kept by type
  private <T> List<Value<T>> seen(Class<T> type, boolean firm) {
    List<Value<T>> seen = new ArrayList<>();
    for (Author author = this; author != null; author = author.outer) {
      author
          .known
          .getOrDefault(new Kind(type, true), List.of())
          .forEach(v -> seen.add((Value<T>) v));
      if (!firm) {
        author
            .known
            .getOrDefault(new Kind(type, false), List.of())
            .forEach(v -> seen.add((Value<T>) v));
      }
    }
    return seen;
  }

  /** A list. */
  <E> Items<E> items(Class<E> type) {
    effort.left--;
    List<Recipes.ListRecipe<E>> recipes = Recipes.listsOf(type);
    Items<E> items = recipes
        .get(effort.isSpent() ? 0 : random.nextInt(recipes.size()))
        .write(this)
        .atMost(LONGEST);
    return effort.isSpent() || chance(2) ? items : varied(type, items);
  }

  private <E> Items<E> varied(Class<E> type, Items<E> items) {
    return switch (random.nextInt(9)) {
      case 0 -> items.orEmpty();
      case 1 -> items.orNull();
      case 2 -> items.orElse(samples(type)).atMost(LONGEST);
      case 3 -> items.orElseGet(() -> inner().items(type)).atMost(LONGEST);
      case 4 -> items.first(some(Integer.class));
      case 5 -> items.first(constant(random.nextInt(4)));
      case 6 ->
        list(Author.<List<E>>conditional(this, () -> inner().items(type))).atMost(LONGEST);
      case 7 ->
        items
            .each(one -> inner().knowing(type, one, false).some(type))
            .atMost(1 + random.nextInt(3));
      default -> items.each(one -> one).atMost(1 + random.nextInt(3));
    };
  }

  private static <T> Value<T> conditional(Author author, Supplier<Value<T>> value) {
    return when(author.some(Boolean.class), value);
  }

  private <E> List<E> samples(Class<E> type) {
    List<E> samples = new ArrayList<>();
    for (int i = random.nextInt(LONGEST + 1); i > 0; i--) {
      samples.add(sample(type));
    }
    return samples;
  }
}
