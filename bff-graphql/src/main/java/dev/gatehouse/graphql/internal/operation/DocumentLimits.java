package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.runtime.config.GraphqlSettings;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses documents and variables that are too large, before anything works with them that could take long. */
final class DocumentLimits {
  private final GraphqlSettings settings;
  private int aliases;
  private int directives;

  private DocumentLimits(GraphqlSettings settings) {
    this.settings = settings;
  }

  static void check(Document document, GraphqlSettings settings) {
    new DocumentLimits(settings).walk(document);
  }

  /** Goes through every node once, without recursion. */
  private void walk(Document document) {
    Deque<Node<?>> open = new ArrayDeque<>();
    open.push(document);
    while (!open.isEmpty()) {
      Node<?> node = open.pop();
      if (node instanceof Field field && field.getAlias() != null) {
        atMost("aliases", ++aliases, settings.maxAliases());
      } else if (node instanceof Directive) {
        atMost("directives", ++directives, settings.maxDirectives());
      } else if (node instanceof ArrayValue array) {
        atMost("elements of a list", array.getValues().size(), settings.maxListSize());
      }
      for (Node<?> child : node.getChildren()) {
        open.push(child);
      }
    }
  }

  /** Checks the lists of a request's variables; their depth was limited when they were read. */
  static void checkLists(@Nullable Object value, int most) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(member -> checkLists(member, most));
    } else if (value instanceof Collection<?> list) {
      atMost("elements of a list", list.size(), most);
      list.forEach(element -> checkLists(element, most));
    }
  }

  static void atMost(String what, long found, long most) {
    if (found > most) {
      throw new RequestRefused(
          ErrorCode.LIMIT_EXCEEDED,
          "The operation has more than " + most + " " + what + " (expected: at most " + most
              + ").");
    }
  }
}
