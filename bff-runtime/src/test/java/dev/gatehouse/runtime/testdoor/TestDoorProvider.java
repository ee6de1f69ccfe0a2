package dev.gatehouse.runtime.testdoor;

import dev.gatehouse.dsl.Door;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.DocumentReport;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.DoorProvider;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Opens doors whose kind is {@code test}. */
public final class TestDoorProvider implements DoorProvider {

  @Override
  public boolean opens(Door door) {
    return door.kind().equals("test");
  }

  @Override
  public DoorHandler open(Door door, DoorContext context) {
    TestDoor test = (TestDoor) door;
    return new DoorHandler() {
      @Override
      public boolean handle(HttpServerRequest request) {
        BiConsumer<HttpServerRequest, DoorContext> answer = test.answers().get(request.path());
        if (answer == null) {
          return false;
        }
        answer.accept(request, context);
        return true;
      }

      @Override
      public void manage(Router management) {
        management
            .get("/bffs/" + context.bff().name() + "/test")
            .handler(routing -> routing.end("from the door"));
      }
    };
  }

  @Override
  public @Nullable String contract(Door door) {
    return ((TestDoor) door).contract();
  }

  @Override
  public List<String> problems(Door door, BffSettings settings) {
    return ((TestDoor) door).problems();
  }

  @Override
  public @Nullable DocumentReport checkDocuments(Door door, BffSettings settings, String location) {
    return ((TestDoor) door).report();
  }
}
