package dev.gatehouse.dsl.finding;

import dev.gatehouse.dsl.graph.Place;
import java.util.List;

/** Values and objects put together wrongly. {@code composite} is the name of the composite that is being defined. */
public sealed interface ShapeFinding extends Finding {

  /** A component of an object is bound to nothing. */
  record ComponentUnbound(
      Place place, String composite, String record, String component, String type)
      implements ShapeFinding {
    @Override
    public Code code() {
      return Code.COMPONENT_UNBOUND;
    }

    @Override
    public String message() {
      return composite + ": " + record + "." + component
          + " is bound to nothing (expected: a value of the type " + type
          + "). Bind it with .with(" + record + "::" + component
          + ", …), or take it with .from(…) from a value that has a component of this name.";
    }
  }

  /** A component is bound by two {@code with}. */
  record ComponentBoundTwice(
      Place place, String composite, String record, String component, Place first)
      implements ShapeFinding {
    @Override
    public Code code() {
      return Code.COMPONENT_BOUND_TWICE;
    }

    @Override
    public String message() {
      return composite + ": " + record + "." + component + " is bound already, at " + first
          + " (expected: one .with(…) per component). Remove one of the two.";
    }
  }

  /**
   * A value is of another type than its place asks for.
   *
   * @param subject what asks for it, such as {@code ProductPage.price}
   * @param source what was given, where it has a name; else {@code a value}
   */
  record TypeMismatch(
      Place place,
      String composite,
      String subject,
      String source,
      String found,
      String expected,
      String mend)
      implements ShapeFinding {
    @Override
    public Code code() {
      return Code.TYPE_MISMATCH;
    }

    @Override
    public String message() {
      return composite + ": " + subject + " is given " + source + " of the type " + found
          + " (expected: " + expected + "). " + mend;
    }
  }

  /** A value that may be absent is given where the contract promises one. */
  record MayBeAbsent(Place place, String composite, String subject, String source, String why)
      implements ShapeFinding {
    @Override
    public Code code() {
      return Code.MAY_BE_ABSENT;
    }

    @Override
    public String message() {
      return composite + ": " + subject + " is given " + source + ", which may be absent because "
          + why
          + " (expected: a value that is always there). Mark " + subject
          + " @Nullable, or give a value for that case with .orElse(…) or .orElseGet(…).";
    }
  }

  /** An accessor is no method reference to a component of the record. */
  record NotAComponent(
      Place place, String composite, String found, String record, List<String> components)
      implements ShapeFinding {
    public NotAComponent {
      components = List.copyOf(components);
    }

    @Override
    public Code code() {
      return Code.NOT_A_COMPONENT;
    }

    @Override
    public String message() {
      return composite + ": " + found + " names no component of " + record + " (expected: "
          + (components.isEmpty()
              ? "a value that is a record"
              : "a method reference to one of " + record + "::"
                  + String.join(", " + record + "::", components))
          + "). Functions of the data itself go into .map(…).";
    }
  }

  /** A case of a union is missing. */
  record CaseMissing(Place place, String composite, String union, List<String> cases)
      implements ShapeFinding {
    public CaseMissing {
      cases = List.copyOf(cases);
    }

    @Override
    public Code code() {
      return Code.CASE_MISSING;
    }

    @Override
    public String message() {
      return composite + ": oneOf over " + union + " does not say what becomes of "
          + String.join(", ", cases) + " (expected: every case). Add is(" + cases.get(0)
          + ".class, …).";
    }
  }

  /** A case that the union does not have. */
  record CaseForeign(Place place, String composite, String type, String union, List<String> cases)
      implements ShapeFinding {
    public CaseForeign {
      cases = List.copyOf(cases);
    }

    @Override
    public Code code() {
      return Code.CASE_FOREIGN;
    }

    @Override
    public String message() {
      return cases.isEmpty()
          ? composite + ": oneOf is given " + type
              + ", which is no union (expected: a sealed interface of records)."
          : composite + ": " + type + " is no case of " + union + " (expected: one of "
              + String.join(", ", cases) + ").";
    }
  }

  /** A case is dealt with twice. */
  record CaseTwice(Place place, String composite, String type, String union)
      implements ShapeFinding {
    @Override
    public Code code() {
      return Code.CASE_TWICE;
    }

    @Override
    public String message() {
      return composite + ": oneOf over " + union + " deals with " + type
          + " twice (expected: once). Remove one of the two is(" + type + ".class, …).";
    }
  }

  /** A field argument that contradicts itself. */
  record BadArgument(
      Place place, String composite, String field, String argument, String found, String expected)
      implements ShapeFinding {
    @Override
    public Code code() {
      return Code.ARGUMENT;
    }

    @Override
    public String message() {
      return composite + ": the argument " + argument + " of " + field + " " + found
          + " (expected: " + expected + ").";
    }
  }
}
