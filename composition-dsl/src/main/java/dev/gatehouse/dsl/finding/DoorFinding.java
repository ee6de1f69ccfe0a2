package dev.gatehouse.dsl.finding;

import dev.gatehouse.dsl.graph.Place;

/** Doors opened wrongly. Doors of all modules report these. {@code opening} is its label, such as {@code GET /products/{id}}. */
public sealed interface DoorFinding extends Finding {

  /** An opening without a rule. */
  record WithoutRule(Place place, String bff, String door, String opening) implements DoorFinding {
    @Override
    public Code code() {
      return Code.DOOR_WITHOUT_RULE;
    }

    @Override
    public String message() {
      return bff + ": " + opening + " of its " + door
          + " door says not who may enter (expected: an access rule)."
          + " Add .allow(…) after it; .allow(anyone()) where it is meant for everybody.";
    }
  }

  /** A command behind a method or operation kind that promises to change nothing. */
  record CommandForReading(
      Place place, String door, String opening, String composite, String operation, String expected)
      implements DoorFinding {
    @Override
    public Code code() {
      return Code.COMMAND_OPENED_FOR_READING;
    }

    @Override
    public String message() {
      return opening + " of the " + door + " door opens " + composite + ", a command: it calls "
          + operation + " (expected: " + expected + ").";
    }
  }

  /** One name for two things. */
  record NameTwice(Place place, String bff, String what, String name, Place first)
      implements DoorFinding {
    @Override
    public Code code() {
      return Code.NAME_TWICE;
    }

    @Override
    public String message() {
      return bff + ": there is another " + what + " called " + name + ", at " + first
          + " (expected: names that tell them apart). Rename one of the two.";
    }
  }

  /** An opening that does not fit what it opens, for whatever reason its door has. */
  record OpeningMisfit(Place place, String door, String opening, String problem, String expected)
      implements DoorFinding {
    @Override
    public Code code() {
      return Code.OPENING_MISFIT;
    }

    @Override
    public String message() {
      return opening + " of the " + door + " door: " + problem + " (expected: " + expected + ").";
    }
  }

  /**
   * A REST route that cannot be served as it is written.
   *
   * @param code which of the codes of routes
   * @param opening the route's label; the door's kind, where it is about the door as a whole
   * @param problem what was found, what was expected and the mend
   */
  record RouteMisfit(Place place, Code code, String opening, String problem)
      implements DoorFinding {
    @Override
    public String message() {
      return opening + ": " + problem;
    }
  }

  /**
   * A GraphQL field, or a door of such fields, that cannot be served as it is written.
   *
   * @param code which of the codes of GraphQL
   * @param opening the field's label; the door's kind, where it is about the door as a whole
   * @param problem what was found, what was expected and the mend
   */
  record FieldMisfit(Place place, Code code, String opening, String problem)
      implements DoorFinding {
    @Override
    public String message() {
      return opening + ": " + problem;
    }
  }
}
