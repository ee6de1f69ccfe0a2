package dev.gatehouse.runtime.door.answer;

import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.engine.Answer.Loss;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The header that tells what an answer lacks: a list after RFC 9651, one item per lost part, with the class of the failure. Where
 * several elements of a list lost the same, they are told once, without their indices, and counted.
 *
 * <pre>
 * gatehouse-degraded: related;class=timed_out;replaced, reviews.3.author;class=unreachable, stock.units;class=rejected;count=4
 * </pre>
 *
 * What is marked {@code replaced} has a fallback in its place, such as an empty list; all else is null or left out. A path is a token, or a string where it is none. What does not fit into {@value #LONGEST} characters is counted in a last item,
 * {@code *;more=7}. Where older answers of services stood in for ones that they failed to give, {@code *;stale=2} comes first, with the
 * number of these calls: nothing is missing for that, but some of it is as it was.
 */
public final class DegradedHeader {
  /** Its name. */
  public static final String NAME = "gatehouse-degraded";

  private static final int LONGEST = 1_024;

  private DegradedHeader() {}

  private record Kind(String path, String failure, boolean replaced) {}

  /**
   * Puts the header on a response, where there is anything to tell.
   *
   * @param calls that were made for the answer
   */
  public static void put(HttpServerResponse response, List<Loss> losses, List<CallRecord> calls) {
    String value = of(losses, calls);
    if (!value.isEmpty()) {
      response.putHeader(NAME, value);
    }
  }

  /** The header's value; empty where there is nothing to tell. */
  static String of(List<Loss> losses, List<CallRecord> calls) {
    int stale = 0;
    for (int i = 0; i < calls.size(); i++) {
      stale += calls.get(i).stoodIn() ? 1 : 0;
    }
    if (stale == 0) {
      return losses.isEmpty() ? "" : of(losses);
    }
    return "*;stale=" + stale + (losses.isEmpty() ? "" : ", " + of(losses));
  }

  private static String of(List<Loss> losses) {
    Map<Kind, List<Loss>> kinds = new LinkedHashMap<>();
    for (Loss loss : losses) {
      Kind kind = new Kind(path(loss.path(), false), loss.failureClass().label(), loss.replaced());
      kinds.computeIfAbsent(kind, first -> new ArrayList<>()).add(loss);
    }
    StringBuilder header = new StringBuilder();
    int left = kinds.size();
    for (Map.Entry<Kind, List<Loss>> entry : kinds.entrySet()) {
      String item = item(entry.getKey(), entry.getValue());
      String separator = header.isEmpty() ? "" : ", ";
      if (header.length() + item.length() > LONGEST) {
        return header.append(separator).append("*;more=").append(left).toString();
      }
      header.append(separator).append(item);
      left--;
    }
    return header.toString();
  }

  private static String item(Kind kind, List<Loss> losses) {
    boolean single = losses.size() == 1;
    return quoted(single ? path(losses.get(0).path(), true) : kind.path())
        + ";class=" + kind.failure()
        + (kind.replaced() ? ";replaced" : "")
        + (single ? "" : ";count=" + losses.size());
  }

  private static String path(List<Object> path, boolean withIndices) {
    return path.stream()
        .filter(step -> withIndices || step instanceof String)
        .map(String::valueOf)
        .collect(Collectors.joining("."));
  }

  /** A token where it is one, else a string, in which what cannot stand becomes a question mark. */
  private static String quoted(String path) {
    if (isToken(path)) {
      return path;
    }
    StringBuilder string = new StringBuilder("\"");
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      string.append(c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : '?');
    }
    return string.append('"').toString();
  }

  private static boolean isToken(String text) {
    if (text.isEmpty() || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && "!#$%&'*+-.^_`|~:/".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
