package dev.gatehouse.dsl.finding;

import dev.gatehouse.dsl.graph.Place;

/** Operations declared or called wrongly. {@code operation} is its name with its service's. */
public sealed interface CallFinding extends Finding {

  /** A call per item. */
  record CallPerItem(Place place, String composite, String operation, String list)
      implements CallFinding {
    @Override
    public Code code() {
      return Code.CALL_PER_ITEM;
    }

    @Override
    public String message() {
      return composite + ": " + operation + " is called once for each item of " + list
          + " and has no batch form (expected: one call for all). Declare it with .batchOf(…).upTo(…), or allow so many"
          + " single calls per request with .perItemUpTo(…).";
    }
  }

  /** A batch whose key does not fit. */
  record BatchKey(Place place, String operation, String problem, String expected)
      implements CallFinding {
    @Override
    public Code code() {
      return Code.BATCH_KEY;
    }

    @Override
    public String message() {
      return operation + ": " + problem + " (expected: " + expected + ").";
    }
  }

  /** A template variable without a source. */
  record VariableUnbound(
      Place place,
      String composite,
      String operation,
      String variable,
      String where,
      String input,
      String expected)
      implements CallFinding {
    @Override
    public Code code() {
      return Code.VARIABLE_UNBOUND;
    }

    @Override
    public String message() {
      return composite + ": " + operation + " has the variable {" + variable + "} in its " + where
          + ", and its input " + input + " gives it no value (expected: " + expected + ").";
    }
  }

  /** An input that is not sent. */
  record InputUnused(Place place, String composite, String operation, String input)
      implements CallFinding {
    @Override
    public Code code() {
      return Code.INPUT_UNUSED;
    }

    @Override
    public String message() {
      return composite + ": " + operation + " sends " + input
          + " nowhere (expected: a use in the URI, a header or the body). Add it to the URI template, such as {?name},"
          + " or leave it out of the input.";
    }
  }

  /** A malformed template. */
  record BadTemplate(Place place, String operation, String problem) implements CallFinding {
    @Override
    public Code code() {
      return Code.URI_TEMPLATE;
    }

    @Override
    public String message() {
      return operation + ": " + problem + ".";
    }
  }

  /** A change inside a scope. */
  record UnsafeNotOnce(Place place, String composite, String operation, String safety, String scope)
      implements CallFinding {
    @Override
    public Code code() {
      return Code.UNSAFE_NOT_ONCE;
    }

    @Override
    public String message() {
      return composite + ": " + operation + ", which is " + safety + ", is called inside " + scope
          + " (expected: outside, once, in the order written). Call it outside with the whole list as its input;"
          + " where it only reads, declare it .safe().";
    }
  }

  /** A batch of changes. */
  record UnsafeBatch(Place place, String operation, String safety) implements CallFinding {
    @Override
    public Code code() {
      return Code.UNSAFE_BATCH;
    }

    @Override
    public String message() {
      return operation + " is " + safety
          + " and has a batch form (expected: batches of safe operations only, because the"
          + " inputs of many rows are merged). Where it only reads, declare it .safe().";
    }
  }

  /** A compensation that cannot be. */
  record BadCompensation(
      Place place, String operation, String undo, String problem, String expected)
      implements CallFinding {
    @Override
    public Code code() {
      return Code.COMPENSATION;
    }

    @Override
    public String message() {
      return operation + " is undone by " + undo + ", but " + problem + " (expected: " + expected
          + ").";
    }
  }

  /** A key without a need. */
  record IdempotencyKeyOnSafe(Place place, String operation) implements CallFinding {
    @Override
    public Code code() {
      return Code.IDEMPOTENCY_KEY;
    }

    @Override
    public String message() {
      return operation
          + " is safe and sends an idempotency key (expected: keys with operations that change something)."
          + " Remove .withIdempotencyKey(), or .safe() where it does change something.";
    }
  }

  /** A name that cannot be used. */
  record BadName(Place place, String what, String name, String expected) implements CallFinding {
    @Override
    public Code code() {
      return Code.BAD_NAME;
    }

    @Override
    public String message() {
      return what + " is called \"" + name + "\" (expected: " + expected + ").";
    }
  }

  /** A number or duration out of its range. */
  record OutOfRange(Place place, String what, String value, String expected)
      implements CallFinding {
    @Override
    public Code code() {
      return Code.OUT_OF_RANGE;
    }

    @Override
    public String message() {
      return what + ": " + value + " (expected: " + expected + ").";
    }
  }
}
