package dev.gatehouse.runtime.json;

import java.util.Random;

/** Makes JSON texts of all shapes from a seed. */
public final class RandomJson {
  private static final String[] TEXTS = {
    "",
    "a",
    "name",
    "grün",
    "€uro",
    "𝄞 clef",
    "a longer text without anything special in it",
    "\\\"quoted\\\"",
    "\\u00e9\\n",
    "x\\\\y"
  };
  private static final String[] NUMBERS = {
    "0", "-0", "1", "-12", "1.10", "2e10", "-3.5E-2", "9223372036854775809", "0.0"
  };

  private final Random random;

  public RandomJson(Random random) {
    this.random = random;
  }

  public String value(int depth) {
    int kind = random.nextInt(depth > 0 ? 7 : 5);
    return switch (kind) {
      case 0, 1 -> text();
      case 2 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 3 -> random.nextBoolean() ? "true" : "false";
      case 4 -> "null";
      case 5 -> list(depth);
      default -> object(depth);
    };
  }

  private String list(int depth) {
    StringBuilder text = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(space()).append(value(depth - 1)).append(space()).append(i > 1 ? "," : "");
    }
    return text.append(']').toString();
  }

  private String object(int depth) {
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(space()).append(text()).append(space()).append(':').append(space());
      text.append(value(depth - 1)).append(space()).append(i > 1 ? "," : "");
    }
    return text.append('}').toString();
  }

  private String text() {
    return '"' + TEXTS[random.nextInt(TEXTS.length)] + '"';
  }

  private String space() {
    return random.nextInt(4) == 0 ? " " : "";
  }
}
