package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.policy.RoutePolicy.Match;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch.Kind;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says whether a rule fits a call. Immutable. */
final class Matching {
  private final Set<String> operations;
  private final @Nullable Text path;
  private final List<Named> headers;
  private final List<Named> cookies;
  private final @Nullable Text subject;
  private final List<Named> claims;

  private record Named(String name, Text text) {}

  private record Text(Kind kind, String value, @Nullable Pattern pattern) {
    static Text of(TextMatch match) {
      return new Text(
          match.kind(),
          match.value(),
          match.kind() == Kind.REGEX ? Pattern.compile(match.value()) : null);
    }

    boolean fits(@Nullable String text) {
      if (text == null) {
        return false;
      }
      return switch (kind) {
        case EXACT -> text.equals(value);
        case PREFIX -> text.startsWith(value);
        case REGEX -> pattern != null && BoundedText.matches(pattern, text);
        case PRESENT -> true;
      };
    }
  }

  Matching(Match match) {
    this.operations = match.operations();
    TextMatch pathMatch = match.path();
    this.path = pathMatch == null ? null : Text.of(pathMatch);
    this.headers = named(match.headers());
    this.cookies = named(match.cookies());
    TextMatch subjectMatch = match.subject();
    this.subject = subjectMatch == null ? null : Text.of(subjectMatch);
    this.claims = named(match.claims());
  }

  private static List<Named> named(Map<String, TextMatch> matches) {
    return matches.entrySet().stream()
        .map(entry -> new Named(entry.getKey(), Text.of(entry.getValue())))
        .toList();
  }

  boolean fits(UpstreamRequest request) {
    if (!operations.isEmpty() && !operations.contains(request.operation().name())) {
      return false;
    }
    if (path != null && !path.fits(Paths.path(request.uri()))) {
      return false;
    }
    RequestOrigin origin = request.origin();
    for (Named header : headers) {
      if (!header.text().fits(origin.header(header.name()))) {
        return false;
      }
    }
    for (Named cookie : cookies) {
      if (!cookie.text().fits(origin.cookie(cookie.name()))) {
        return false;
      }
    }
    if (subject != null && !subject.fits(origin.subject())) {
      return false;
    }
    for (Named claim : claims) {
      if (!Claims.fit(origin.claims(), claim.name(), claim.text()::fits)) {
        return false;
      }
    }
    return true;
  }
}
