package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.netty.buffer.Unpooled;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a run's answer, each when the steps behind it have ended. The first has index 0, those of the plan follow. */
final class PartWriter {
  private static final int FIRST_BYTES = 256;

  private final Run run;
  private final Handler<List<Piece>> taker;
  private final int[] waiting;
  private final List<List<Promised>> promised = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();
  private @Nullable Piece first;

  PartWriter(Run run, Handler<List<Piece>> taker) {
    this.run = run;
    this.taker = taker;
    this.waiting = run.program.partsWaiting.clone();
    for (int i = 0; i < waiting.length; i++) {
      promised.add(new ArrayList<>());
    }
  }

  void ended(Step step) {
    for (int part : run.program.partsBehind[step.index()]) {
      waiting[part]--;
    }
  }

  /** The first part; null where it was not written. */
  @Nullable Piece first() {
    return first;
  }

  /** What was lost in all parts. */
  List<Loss> losses() {
    return losses;
  }

  /** Writes what is ready, and what that shows to be ready. */
  void write() {
    while (run.cancelled() == null && (first != null || waiting[0] == 0 && run.broken() == null)) {
      List<Piece> pieces = due();
      if (pieces.isEmpty()) {
        return;
      }
      taker.handle(pieces);
    }
  }

  private List<Piece> due() {
    List<Piece> pieces = new ArrayList<>();
    if (first == null) {
      Plan.Part whole = run.program.plan.first();
      first = piece(whole, new Promised(-1, 0, List.of(), 0), run.program.answerBytes());
      Buffer json = first.json();
      if (json != null) {
        run.program.answered(json.length());
      }
      pieces.add(first);
    }
    boolean found = true;
    while (found) {
      found = false;
      for (int i = 1; i < waiting.length; i++) {
        List<Promised> due = promised.get(i);
        if (waiting[i] == 0 && !due.isEmpty()) {
          found = true;
          promised.set(i, new ArrayList<>());
          Plan.Part part = run.program.plan.parts().get(i - 1);
          due.forEach(each -> pieces.add(piece(part, each, FIRST_BYTES)));
        }
      }
    }
    return pieces;
  }

  private Piece piece(Plan.Part part, Promised due, int bytes) {
    JsonSink sink = new JsonSink(bytes);
    Writer writer = new Writer(run, sink, due.path());
    int state = writer.write(part.out(), due.row());
    FailureClass failure = null;
    Buffer json = null;
    List<Piece.Place> awaited = List.of();
    if (state == State.OK) {
      json = BufferInternal.buffer(Unpooled.wrappedBuffer(sink.array(), 0, sink.length()));
      awaited = await(writer.promised());
    } else {
      if (State.isFailed(state)) {
        writer.lose(state, false);
      }
      failure = run.failureClass(state);
    }
    losses.addAll(writer.losses());
    return new Piece(part.number(), due.path(), json, failure, writer.losses(), awaited);
  }

  private List<Piece.Place> await(List<Promised> found) {
    List<Piece.Place> places = new ArrayList<>(found.size());
    for (Promised each : found) {
      promised.get(each.part() + 1).add(each);
      places.add(new Piece.Place(run.program.plan.parts().get(each.part()).number(), each.path()));
    }
    return places;
  }
}
