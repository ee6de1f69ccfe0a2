package dev.gatehouse.runtime.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.graph.Node.CallerFact;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.plan.Step;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Facts about a caller as JSON. */
final class CallerFacts {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private CallerFacts() {}

  static byte[] json(Caller caller, Step.CallerRead read) {
    if (read.fact() == CallerFact.SUBJECT) {
      return text(caller.subject());
    }
    if (read.fact() == CallerFact.LOCALE) {
      Locale locale = caller.locale();
      return locale.equals(Locale.ROOT) ? NULL : text(locale.toLanguageTag());
    }
    Object claim = read.claim() == null ? null : caller.claims().get(read.claim());
    if (claim == null) {
      return NULL;
    }
    try {
      return JsonMapping.writer(Object.class).writeValueAsBytes(claim);
    } catch (JsonProcessingException e) {
      // A claim is data of the identity provider; what is no JSON value there is as good as absent
      // here.
      return NULL;
    }
  }

  private static byte[] text(@Nullable String value) {
    if (value == null) {
      return NULL;
    }
    JsonSink sink = new JsonSink(value.length() + 2);
    sink.writeString(value);
    return sink.toByteArray();
  }
}
