package dev.gatehouse.graphql.internal.incremental;

import dev.gatehouse.graphql.internal.http.MediaType;
import dev.gatehouse.runtime.door.answer.MediaRange;
import io.netty.util.AsciiString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms in which the parts of an answer are told. */
public enum IncrementalFormat {
  /** The working draft of 2023 and later: what is pending is announced with an id, to which the rest refers. */
  V0_2("multipart/mixed; boundary=\"-\"; incrementalSpec=v0.2"),
  /** The draft of August 2022: each part says with its path where it belongs. What most clients parse. */
  V20220824("multipart/mixed; boundary=\"-\"; deferSpec=20220824");

  private static final String TYPE = "multipart/mixed";

  private final String contentType;

  IncrementalFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The value of {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /**
   * What a client takes that accepts this: of two forms the one with the greater {@code q}, else the newer one. Who names no version
   * gets the older form, as those that know a newer one name it.
   *
   * @param accept null where there is no such header
   * @return null where it takes no answer in parts, or would rather have a whole one
   */
  public static @Nullable IncrementalFormat of(@Nullable String accept) {
    if (accept == null || !AsciiString.containsIgnoreCase(accept, TYPE) || prefersWhole(accept)) {
      return null;
    }
    IncrementalFormat found = null;
    double most = 0;
    for (String range : accept.split(",")) {
      IncrementalFormat asked = ofRange(range.toLowerCase(Locale.ROOT).split(";"));
      double wanted = MediaRange.quality(range, TYPE);
      if (asked != null && (wanted > most || wanted == most && wanted > 0 && asked == V0_2)) {
        found = asked;
        most = wanted;
      }
    }
    return found;
  }

  /**
   * What a client of an event stream takes: the newer form, unless it names the other.
   *
   * @param accept null where there is no such header
   */
  public static IncrementalFormat ofEvents(@Nullable String accept) {
    boolean older = accept != null
        && accept.toLowerCase(Locale.ROOT).replace(" ", "").contains("deferspec=20220824");
    return older ? V20220824 : V0_2;
  }

  /** How much a client wants parts, whatever their form. */
  public static double quality(String accept) {
    return MediaRange.quality(accept, TYPE);
  }

  private static boolean prefersWhole(String accept) {
    MediaType whole = MediaType.of(accept);
    return whole != null
        && MediaRange.quality(accept, whole.type()) > MediaRange.quality(accept, TYPE);
  }

  private static @Nullable IncrementalFormat ofRange(String[] range) {
    if (!range[0].trim().equals(TYPE)) {
      return null;
    }
    IncrementalFormat found = V20220824;
    for (int i = 1; i < range.length; i++) {
      String parameter = range[i].replace("\"", "").replace(" ", "");
      if (parameter.equals("incrementalspec=v0.2")) {
        found = V0_2;
      } else if (parameter.startsWith("incrementalspec=")
          || parameter.startsWith("deferspec=") && !parameter.equals("deferspec=20220824")
          || parameter.startsWith("subscriptionspec=")) {
        return null;
      }
    }
    return found;
  }
}
