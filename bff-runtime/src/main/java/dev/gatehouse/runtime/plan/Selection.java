package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a composite's output that a request asks for, in the order it asks. Immutable; equal selections share plans.
 *
 * @param fields in the order of the answer
 * @param deferred what is selected of the same object, too, but written as parts of their own; no field stands twice
 * @param streamed for a list: that its first elements do not wait for the others; null where it is written as a whole
 * @param asText whether it is {@link #TEXT}
 */
public record Selection(
    List<Field> fields, List<Deferred> deferred, @Nullable Streamed streamed, boolean asText) {

  /** All of an integer or of lists of them, written as text: {@code "7"} for 7. */
  public static final Selection TEXT = new Selection(List.of(), List.of(), null, true);

  /**
   * How a list is written in two parts. Lists of scalars are written as a whole, as nothing is gained.
   *
   * @param part what the rest is called, from 1; the door's choice
   * @param initialCount how many elements do not wait (expected: at least 0)
   */
  public record Streamed(int part, int initialCount) {}

  /**
   * Fields that are written later, as a part of the answer that leaves as soon as what it needs is there.
   *
   * @param part what the part is called, from 1; the door's choice
   * @param fields in the order of the part
   */
  public record Deferred(int part, List<Field> fields) {
    public Deferred {
      fields = List.copyOf(fields);
    }
  }

  /**
   * One selected field.
   *
   * @param name its JSON name in the contract, or {@link #TYPE_NAME}
   * @param key its name in the answer: the alias, else the name
   * @param arguments the arguments given
   * @param selection what of it is selected; null for a scalar as it stands, or for all of it
   * @param cases for a field of a union: the tags of the cases in which it is selected; null for all cases that have it
   * @param typeName what {@link #TYPE_NAME} answers; null for the contract's own name, and for every other field
   */
  public record Field(
      String name,
      String key,
      List<Argument> arguments,
      @Nullable Selection selection,
      @Nullable Set<String> cases,
      @Nullable String typeName) {
    public Field {
      arguments = List.copyOf(arguments);
      cases = cases == null ? null : Set.copyOf(cases);
    }

    /** A field whose type is called as the contract calls it. */
    public Field(
        String name,
        String key,
        List<Argument> arguments,
        @Nullable Selection selection,
        @Nullable Set<String> cases) {
      this(name, key, arguments, selection, cases, null);
    }

    /** What this answers of an object of that type, where it is {@link #TYPE_NAME}. */
    String nameOf(DataType type) {
      return typeName == null ? type.name() : typeName;
    }
  }

  /**
   * An argument of a selected field. Its value comes with each request, so that equal shapes share a plan.
   *
   * @param name as declared
   * @param slot where a request's list of argument values holds its value
   */
  public record Argument(String name, int slot) {}

  /** The name of the field that answers the name of the object's type. */
  public static final String TYPE_NAME = "__typename";

  public Selection {
    fields = List.copyOf(fields);
    deferred = List.copyOf(deferred);
  }

  /** All of it in one part. */
  public Selection(List<Field> fields) {
    this(fields, List.of());
  }

  /** With parts that follow. */
  public Selection(List<Field> fields, List<Deferred> deferred) {
    this(fields, deferred, null, false);
  }

  /** The same of a list. */
  public Selection streamed(Streamed how) {
    return new Selection(fields, deferred, how, asText);
  }

  /** What is selected of each element of a list. */
  Selection ofElement() {
    return streamed == null ? this : new Selection(fields, deferred, null, asText);
  }

  /** The same without parts of its own, for what is there anyhow. */
  Selection inOne() {
    if (deferred.isEmpty() && streamed == null) {
      return this;
    }
    List<Field> all = new ArrayList<>(fields);
    deferred.forEach(later -> all.addAll(later.fields()));
    return new Selection(all);
  }

  /** A field under its own name, whole. */
  public static Field field(String name) {
    return new Field(name, name, List.of(), null, null);
  }

  /** A field under its own name, of which a part is selected. */
  public static Field field(String name, Selection selection) {
    return new Field(name, name, List.of(), selection, null);
  }

  public static Selection of(Field... fields) {
    return new Selection(List.of(fields));
  }
}
