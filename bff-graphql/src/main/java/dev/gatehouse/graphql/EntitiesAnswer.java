package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.operation.BoundEntities;
import dev.gatehouse.graphql.internal.operation.EntityBatch;
import dev.gatehouse.graphql.internal.operation.Placed;
import dev.gatehouse.runtime.engine.Answer;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.json.JsonScanner;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what the runs of one {@code _entities} field answered, in the order of its representations. Used once; confined to one
 * event loop.
 */
final class EntitiesAnswer {
  private static final int MOST_ERRORS = 100;

  private final BoundEntities entities;
  private final @Nullable Element[] elements;
  private final List<GraphqlError> errors = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();
  private final Set<List<Object>> told = new HashSet<>();

  /** A part of what a run answered. */
  private record Element(byte[] json, int from, int to) {}

  EntitiesAnswer(BoundEntities entities) {
    this.entities = entities;
    this.elements = new @Nullable Element[entities.count()];
    entities
        .faults()
        .forEach((position, fault) ->
            report(fault.code(), fault.message(), entities.root().placed(), at(position)));
  }

  /** Adds what one run answered. */
  void add(EntityBatch batch, Answer answer) {
    Buffer json = answer.json();
    if (json != null) {
      elements(batch, json.getBytes());
    }
    for (Loss loss : answer.losses()) {
      List<Object> path = loss.path();
      boolean isWhole = path.isEmpty() || !(path.get(0) instanceof Integer);
      List<Integer> positions =
          isWhole ? batch.positions() : List.of(batch.positions().get((Integer) path.get(0)));
      for (int position : positions) {
        lose(loss, position, isWhole ? path : path.subList(1, path.size()));
      }
    }
    FailureClass failure = answer.failure();
    if (failure != null && answer.losses().isEmpty()) {
      refuse(batch, ErrorCode.of(failure));
    }
  }

  /** Adds a run that was not begun. */
  void refuse(EntityBatch batch, ErrorCode code) {
    batch
        .positions()
        .forEach(position -> report(code, code.message(), entities.root().placed(), at(position)));
  }

  void write(JsonSink out) {
    out.write('[');
    for (int i = 0; i < elements.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      Element element = elements[i];
      if (element == null) {
        out.writeNull();
      } else {
        out.write(element.json(), element.from(), element.to());
      }
    }
    out.write(']');
  }

  List<GraphqlError> errors() {
    return errors;
  }

  List<Loss> losses() {
    return losses;
  }

  private void elements(EntityBatch batch, byte[] json) {
    JsonScanner scanner = new JsonScanner(json, 0, json.length);
    scanner.peek();
    scanner.enter();
    int i = 0;
    for (boolean first = true; scanner.nextElement(first); first = false) {
      int position = batch.positions().get(i++);
      scanner.peek();
      int from = scanner.position();
      scanner.value();
      elements[position] = new Element(json, from, scanner.position());
    }
  }

  private void lose(Loss loss, int position, List<Object> below) {
    List<Object> path = at(position);
    path.addAll(below);
    losses.add(new Loss(
        path,
        loss.failureClass(),
        loss.service(),
        loss.operation(),
        loss.detail(),
        loss.replaced()));
    if (!loss.replaced()) {
      List<Object> known = new ArrayList<>(List.of(entities.root().key()));
      Placed placed = entities.root().placed().follow(path.subList(1, path.size()), known);
      ErrorCode code = ErrorCode.of(loss.failureClass());
      report(code, code.message(), placed, known);
    }
  }

  private void report(ErrorCode code, String message, Placed placed, List<Object> path) {
    if (errors.size() < MOST_ERRORS && told.add(path)) {
      errors.add(new GraphqlError(code, message, placed.locations(), path, Map.of()));
    }
  }

  private List<Object> at(int position) {
    return new ArrayList<>(List.of(entities.root().key(), position));
  }
}
