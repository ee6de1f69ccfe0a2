package dev.gatehouse.runtime.engine.reference;

import dev.gatehouse.dsl.Items;
import dev.gatehouse.dsl.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in which an {@link Author} can come by values of a type; the first one needs little else. */
final class Recipes {
  private static final Recipes ALL = new Recipes();

  private final Map<Class<?>, List<Recipe<?>>> firm = new HashMap<>();
  private final Map<Class<?>, List<Recipe<?>>> soft = new HashMap<>();
  private final Map<Class<?>, List<ListRecipe<?>>> lists = new HashMap<>();

  /** One way. */
  @FunctionalInterface
  interface Recipe<T> {
    Value<T> write(Author author);
  }

  /** One way to a value that may be absent. */
  @FunctionalInterface
  interface SoftRecipe<T> {
    Value<? extends @Nullable T> write(Author author);
  }

  /** One way to a list. */
  @FunctionalInterface
  interface ListRecipe<E> {
    Items<E> write(Author author);
  }

  private Recipes() {
    ScalarRecipes.addTo(this);
    RecordRecipes.addTo(this);
    ListRecipes.addTo(this);
  }

  /** Adds a way to a value that is present by what is written. */
  <T> void firm(Class<T> type, Recipe<T> recipe) {
    firm.computeIfAbsent(type, any -> new ArrayList<>()).add(recipe);
    soft.computeIfAbsent(type, any -> new ArrayList<>()).add(recipe);
  }

  /** Adds a way to a value that may be absent. */
  @SuppressWarnings("unchecked") // whether it may be absent is no part of a value's type
  <T> void soft(Class<T> type, SoftRecipe<T> recipe) {
    Recipe<T> known = author -> (Value<T>) recipe.write(author);
    soft.computeIfAbsent(type, any -> new ArrayList<>()).add(known);
  }

  <E> void list(Class<E> type, ListRecipe<E> recipe) {
    lists.computeIfAbsent(type, any -> new ArrayList<>()).add(recipe);
  }

  @SuppressWarnings("unchecked") // kept by type
  static <T> List<Recipe<T>> of(Class<T> type, boolean firm) {
    return (List<Recipe<T>>) (List<?>) (firm ? ALL.firm : ALL.soft).get(type);
  }

  @SuppressWarnings("unchecked") // kept by type
  static <E> List<ListRecipe<E>> listsOf(Class<E> type) {
    return (List<ListRecipe<E>>) (List<?>) ALL.lists.get(type);
  }
}
