package dev.gatehouse.dsl.finding;

import dev.gatehouse.dsl.graph.Place;

/** Values where they cannot be, and definitions that do not come to an end. */
public sealed interface ScopeFinding extends Finding {

  /** A value of an inner scope is used outside it. */
  record OutOfScope(Place place, String composite, String value, Place written, String scope)
      implements ScopeFinding {
    @Override
    public Code code() {
      return Code.OUT_OF_SCOPE;
    }

    @Override
    public String message() {
      return composite + ": " + value + ", written at " + written + ", belongs to " + scope
          + " and means nothing outside it (expected: a value from here or further out)."
          + " Use it inside, and return from there what is needed outside.";
    }
  }

  /** A value of another composite. */
  record OtherComposite(Place place, String composite, String other, String value, Place written)
      implements ScopeFinding {
    @Override
    public Code code() {
      return Code.OTHER_COMPOSITE;
    }

    @Override
    public String message() {
      return composite + ": " + value + ", written at " + written
          + ", belongs to the definition of " + other + " (expected: a value of " + composite
          + "). Call what it came from here too, or call " + other + " as a whole.";
    }
  }

  /** A verb outside any definition. */
  record NotBeingDefined(Place place, String verb) implements ScopeFinding {
    @Override
    public Code code() {
      return Code.NOT_BEING_DEFINED;
    }

    @Override
    public String message() {
      return verb
          + " is used while no composite is being defined (expected: inside the lambda of Composite.named(…),"
          + " on the same thread). Move it there.";
    }
  }

  /** The defining code threw. */
  record DefinitionThrew(Place place, String composite, Throwable cause) implements ScopeFinding {
    @Override
    public Code code() {
      return Code.DEFINITION_THREW;
    }

    @Override
    public String message() {
      return composite + ": its definition threw " + cause
          + " (expected: code that only puts values together). The lambda runs once, before any data exists;"
          + " work on data goes into .map(…). A composite that is null here is defined further down in its class,"
          + " or its class needs this one.";
    }
  }

  /** A lambda or a caller gave null in place of a value. */
  record NullValue(Place place, String composite, String what) implements ScopeFinding {
    @Override
    public Code code() {
      return Code.NULL_VALUE;
    }

    @Override
    public String message() {
      return composite + ": " + what
          + " is null (expected: a Value). For a value that may be absent use .orNull()"
          + " or when(…).";
    }
  }

  /** A composite that is part of itself. */
  record CallsItself(Place place, String composite, String way) implements ScopeFinding {
    @Override
    public Code code() {
      return Code.CALLS_ITSELF;
    }

    @Override
    public String message() {
      return composite + ": it calls itself: " + way
          + " (expected: a composition with an end). Write out as many levels as the frontend needs.";
    }
  }

  /** A list without bound. */
  record ListUnbounded(Place place, String composite, String list) implements ScopeFinding {
    @Override
    public Code code() {
      return Code.LIST_UNBOUNDED;
    }

    @Override
    public String message() {
      return composite + ": " + list
          + " has no bound (expected: the most elements that each may go through)."
          + " Write .atMost(…) before .each(…).";
    }
  }

  /** {@code within} on something that is no call. */
  record WithinNoCall(Place place, String composite, String value) implements ScopeFinding {
    @Override
    public Code code() {
      return Code.WITHIN_NO_CALL;
    }

    @Override
    public String message() {
      return composite + ": within(…) is set on " + value
          + " (expected: the result of calling an operation or a composite). Write it right after .call(…).";
    }
  }

  /** A limit longer than the deadline. */
  record BeyondDeadline(
      Place place, String composite, String call, String limit, String around, String deadline)
      implements ScopeFinding {
    @Override
    public Code code() {
      return Code.BEYOND_DEADLINE;
    }

    @Override
    public String message() {
      return composite + ": " + call + " may take " + limit + ", longer than the " + deadline
          + " of " + around + " (expected: at most " + deadline
          + "). Shorten the call's limit, or give " + around + " more time.";
    }
  }
}
