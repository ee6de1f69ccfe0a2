package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls operations that are written in Java. */
final class JavaCalls {

  private JavaCalls() {}

  /**
   * The result as JSON, null for an absent one; fails at the deadline and, where nothing is changed, when the run is given up,
   * whatever the code does.
   */
  static Future<byte @Nullable []> call(
      Run run, OperationSpec operation, JavaTarget target, byte @Nullable [] input, long deadline) {
    Vertx vertx = run.home.vertx();
    Promise<byte @Nullable []> answer = Promise.promise();
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    long timer = vertx.setTimer(
        millis,
        id -> answer.tryFail(new UpstreamException(
            FailureClass.TIMED_OUT, operation.name() + " took longer than " + millis + " ms")));
    if (operation.isSafe()) {
      run.inJava.add(answer);
    }
    answer.future().onComplete(any -> {
      vertx.cancelTimer(timer);
      run.inJava.remove(answer);
    });
    Future<CompletionStage<?>> started = target.blocking() && !isVirtualThread(vertx)
        ? vertx.executeBlocking(() -> start(target, input), false)
        : startNow(target, input);
    DataType type = operation.answer();
    started
        .compose(stage -> Future.fromCompletionStage(stage, vertx.getOrCreateContext()))
        .map(result -> result == null ? null : toJson(result, type))
        .onComplete(result -> {
          if (result.succeeded()) {
            answer.tryComplete(result.result());
          } else {
            answer.tryFail(result.cause());
          }
        });
    return answer.future();
  }

  /** On a virtual thread, blocking holds up nobody else. */
  private static boolean isVirtualThread(Vertx vertx) {
    return vertx.getOrCreateContext().threadingModel()
        == io.vertx.core.ThreadingModel.VIRTUAL_THREAD;
  }

  private static Future<CompletionStage<?>> startNow(JavaTarget target, byte @Nullable [] input) {
    try {
      return Future.succeededFuture(start(target, input));
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return Future.failedFuture(e);
    }
  }

  private static CompletionStage<?> start(JavaTarget target, byte @Nullable [] given)
      throws Exception {
    Object input = target.input() == null || given == null
        ? null
        : JsonMapping.reader(target.input()).readValue(given);
    return target.code().call(input);
  }

  private static byte[] toJson(Object result, DataType type) {
    try {
      return Run.json(result, type.javaType());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UpstreamException(
          FailureClass.INTERNAL, "its result cannot be written as JSON", 0, e);
    }
  }
}
