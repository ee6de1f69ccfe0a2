package dev.gatehouse.runtime;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.door.CallerResolver;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everybody is unknown; of them, only the language they prefer is looked at. */
final class AnonymousCallers implements CallerResolver {
  private static final Future<Caller> NOBODY = Future.succeededFuture(Caller.ANONYMOUS);
  /** Longer lists of languages are no honest ones. */
  private static final int LONGEST = 200;

  @Override
  public Future<Caller> resolve(HttpServerRequest request) {
    String languages = request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE);
    return languages == null || languages.length() > LONGEST
        ? NOBODY
        : Future.succeededFuture(new Somebody(languages));
  }

  /**
   * @param languages as the request has them: most requests never ask for the locale, so it is read only then
   */
  private record Somebody(String languages) implements Caller {
    @Override
    public @Nullable String subject() {
      return null;
    }

    @Override
    public Map<String, Object> claims() {
      return Map.of();
    }

    @Override
    public Locale locale() {
      try {
        List<LanguageRange> ranges = LanguageRange.parse(languages);
        String first = ranges.get(0).getRange();
        return first.equals("*") ? Locale.ROOT : Locale.forLanguageTag(first);
      } catch (IllegalArgumentException e) {
        return Locale.ROOT; // what is no list of languages says nothing
      }
    }
  }
}
