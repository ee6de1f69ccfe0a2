package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import graphql.language.AstPrinter;
import graphql.language.Directive;
import graphql.language.Field;
import java.util.List;

/** Only lists are streamed, and a list that is selected twice only in one way. */
final class StreamRule {
  private StreamRule() {}

  /**
   * Checks the fields of one key.
   *
   * @throws RequestRefused where they break the rule
   */
  static void check(List<Collected> merged, boolean isList) {
    Field first = merged.get(0).field();
    List<Directive> directives = first.getDirectives("stream");
    if (!directives.isEmpty() && !isList) {
      throw refused(first, "is on " + first.getName() + ", which is no list (expected: a list)");
    }
    if (merged.size() > 1) {
      String way = text(first);
      for (Collected each : merged) {
        if (!text(each.field()).equals(way)) {
          throw refused(
              each.field(),
              "is on " + first.getResultKey()
                  + " in several ways (expected: one). Give them other aliases");
        }
      }
    }
  }

  private static String text(Field field) {
    List<Directive> directives = field.getDirectives("stream");
    return directives.isEmpty() ? "" : AstPrinter.printAstCompact(directives.get(0));
  }

  private static RequestRefused refused(Field field, String problem) {
    return new RequestRefused(
        List.of(GraphqlError.of(ErrorCode.GRAPHQL_VALIDATION_FAILED, "@stream " + problem + ".")
            .at(List.of(field.getSourceLocation()))));
  }
}
