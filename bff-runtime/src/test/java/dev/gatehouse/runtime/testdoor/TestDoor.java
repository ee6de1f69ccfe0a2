package dev.gatehouse.runtime.testdoor;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.runtime.door.DocumentReport;
import dev.gatehouse.runtime.door.DoorContext;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A door whose answers a test writes in Java. */
public record TestDoor(
    String kind,
    List<Opening> openings,
    Map<String, BiConsumer<HttpServerRequest, DoorContext>> answers,
    @Nullable String contract,
    List<String> problems,
    @Nullable DocumentReport report)
    implements Door {

  public static TestDoor test() {
    return ofKind("test");
  }

  public static TestDoor ofKind(String kind) {
    return new TestDoor(kind, List.of(), Map.of(), null, List.of(), null);
  }

  /** Opens a composite that nothing asks for. */
  public TestDoor opening(Composite<?, ?> composite, @Nullable Access access) {
    return new TestDoor(
        kind,
        List.of(new Opening("GET /" + composite.name(), composite, access, Place.UNKNOWN)),
        answers,
        contract,
        problems,
        report);
  }

  public TestDoor answering(String path, BiConsumer<HttpServerRequest, DoorContext> answer) {
    Map<String, BiConsumer<HttpServerRequest, DoorContext>> more = new LinkedHashMap<>(answers);
    more.put(path, answer);
    return new TestDoor(kind, openings, more, contract, problems, report);
  }

  public TestDoor promising(String text) {
    return new TestDoor(kind, openings, answers, text, problems, report);
  }

  public TestDoor shutBecause(String problem) {
    return new TestDoor(kind, openings, answers, contract, List.of(problem), report);
  }

  public TestDoor reporting(DocumentReport documents) {
    return new TestDoor(kind, openings, answers, contract, problems, documents);
  }
}
