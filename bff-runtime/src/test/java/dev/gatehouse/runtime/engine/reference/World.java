package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What services answer and how they fail: a function of a seed, the operation and the key, so that it can be asked twice. */
public final class World implements ReferenceInterpreter.Callable {
  private final long seed;
  private final int faultsPerThousand;
  private final Set<String> demanded = new LinkedHashSet<>();

  /** What becomes of a call. */
  private enum Fate {
    ANSWER,
    NOT_FOUND,
    GONE,
    REJECTED,
    SERVER_ERROR,
    REDIRECT,
    EMPTY,
    NO_CONTENT,
    MALFORMED,
    TRUNCATED,
    OTHER_KIND,
    UNREACHABLE,
    TIMED_OUT,
    REFUSED
  }

  /** A reply: either a status with a body or a failure. */
  public sealed interface Reply {
    record Answered(int status, String body) implements Reply {}

    record Broken(UpstreamException why) implements Reply {}
  }

  /**
   * @param faultsPerThousand how often anything goes wrong
   */
  public World(long seed, int faultsPerThousand) {
    this.seed = seed;
    this.faultsPerThousand = faultsPerThousand;
  }

  /** The calls that the reference needed: the operation and the identity of the call. */
  public Set<String> demanded() {
    return demanded;
  }

  public static String name(OperationSpec operation, String identity) {
    return operation.service() + " " + operation.name() + " " + identity;
  }

  private Random random(OperationSpec operation, String what) {
    long mixed = (seed * 31 + operation.name().hashCode()) * 0x9E3779B97F4A7C15L + what.hashCode();
    Random random = new Random(mixed ^ mixed >>> 29);
    random.nextLong();
    return random;
  }

  /** Of all calls of a batch together, for who shares a call with whom depends on when the keys are known. */
  private Fate fate(OperationSpec operation, String identity) {
    Random random = random(operation, operation.batch() == null ? "fate " + identity : "fate");
    Fate[] fates = Fate.values();
    return random.nextInt(1000) < faultsPerThousand
        ? fates[1 + random.nextInt(fates.length - 1)]
        : Fate.ANSWER;
  }

  private boolean isUnknown(OperationSpec operation, String key) {
    return random(operation, "unknown " + key).nextInt(1000) < faultsPerThousand;
  }

  /** The answer to one call, or to one key. */
  private JsonNode sample(OperationSpec operation, String identity) {
    Random random = random(operation, "sample " + identity);
    return new Samples(random, faultsPerThousand / 2).of(operation.answer());
  }

  /** The answer to one key, which names the key. */
  private JsonNode keyed(OperationSpec operation, String identity) {
    ObjectNode answer = (ObjectNode) sample(operation, identity);
    JsonNode key = Trees.parse(identity);
    List<Component> components =
        java.util.Objects.requireNonNull(operation.batch()).key();
    for (int i = 0; i < components.size(); i++) {
      answer.put(components.get(i).name(), key.get(i).asText());
    }
    return answer;
  }

  @Override
  public Found call(Call call) {
    OperationSpec operation = call.operation();
    if (operation.target() instanceof JavaTarget java) {
      return inJava(java, operation.answer(), call.identity());
    }
    demanded.add(name(operation, call.identity()));
    boolean batch = operation.batch() != null;
    return switch (fate(operation, call.identity())) {
      case ANSWER ->
        batch && isUnknown(operation, call.identity())
            ? Found.ABSENT
            : new Found.There(
                batch ? keyed(operation, call.identity()) : sample(operation, call.identity()));
      case NOT_FOUND, GONE, NO_CONTENT -> Found.ABSENT;
      case REJECTED -> new Found.Failed(FailureClass.REJECTED);
      case SERVER_ERROR -> new Found.Failed(FailureClass.SERVER_ERROR);
      case UNREACHABLE -> new Found.Failed(FailureClass.UNREACHABLE);
      case TIMED_OUT -> new Found.Failed(FailureClass.TIMED_OUT);
      case REFUSED -> new Found.Failed(FailureClass.REFUSED);
      case REDIRECT, EMPTY, MALFORMED, TRUNCATED, OTHER_KIND -> Found.nonsense();
    };
  }

  private static Found inJava(JavaTarget java, DataType answer, String input) {
    try {
      Object given =
          java.input() == null ? null : JsonMapping.reader(java.input()).readValue(input);
      CompletableFuture<?> ended = java.code().call(given).toCompletableFuture();
      if (!ended.isDone()) {
        return new Found.Failed(FailureClass.TIMED_OUT);
      }
      Object result = ended.join();
      return result == null
          ? Found.ABSENT
          : new Found.There(
              Trees.parse(JsonMapping.writer(answer.javaType()).writeValueAsBytes(result)));
    } catch (Exception e) {
      return new Found.Failed(FailureClass.INTERNAL);
    }
  }

  /** The reply to a call that is no batch. */
  public Reply reply(OperationSpec operation, String identity) {
    return reply(operation, identity, sample(operation, identity), operation.answer());
  }

  /** The reply to a batch. */
  public Reply reply(OperationSpec operation, List<String> keys) {
    Random random = random(operation, "batch " + keys);
    List<JsonNode> elements = new ArrayList<>();
    for (String key : keys) {
      if (!isUnknown(operation, key)) {
        elements.add(keyed(operation, key));
      }
    }
    if (random.nextInt(4) == 0) {
      elements.add(keyed(operation, "[\"nobody asked\",\"nobody asked\"]"));
      elements.add(JsonNodeFactory.instance.nullNode());
      elements.add(JsonNodeFactory.instance.objectNode());
    }
    Collections.shuffle(elements, random);
    ArrayNode array = JsonNodeFactory.instance.arrayNode().addAll(elements);
    return reply(
        operation, keys.toString(), array, new ListType(operation.answer(), false, List.class));
  }

  private Reply reply(OperationSpec operation, String identity, JsonNode answer, DataType type) {
    Random random = random(operation, "spelling " + identity);
    String body = Spelling.of(answer, type, random);
    List<String> at = ((HttpTarget) operation.target()).answerAt();
    for (int i = at.size() - 1; i >= 0; i--) {
      body = "{\"some\":1,\"" + at.get(i) + "\":" + body + "}";
    }
    return switch (fate(operation, identity)) {
      case ANSWER -> new Reply.Answered(200, body);
      case NOT_FOUND -> new Reply.Answered(404, "{\"title\":\"not found\"}");
      case GONE -> new Reply.Answered(410, "");
      case REJECTED -> new Reply.Answered(422, body);
      case SERVER_ERROR -> new Reply.Answered(503, body);
      case REDIRECT -> new Reply.Answered(302, body);
      case EMPTY -> new Reply.Answered(200, "");
      case NO_CONTENT -> new Reply.Answered(204, "");
      case MALFORMED -> new Reply.Answered(200, body.strip() + "]");
      case TRUNCATED ->
        new Reply.Answered(200, body.substring(0, random.nextInt(body.strip().length())));
      case OTHER_KIND -> new Reply.Answered(200, "true");
      case UNREACHABLE -> broken(FailureClass.UNREACHABLE);
      case TIMED_OUT -> broken(FailureClass.TIMED_OUT);
      case REFUSED -> broken(FailureClass.REFUSED);
    };
  }

  private static Reply broken(FailureClass why) {
    return new Reply.Broken(new UpstreamException(why, "as scripted"));
  }
}
