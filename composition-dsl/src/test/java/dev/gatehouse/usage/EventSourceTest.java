package dev.gatehouse.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.EventSpec.BusOrigin;
import dev.gatehouse.dsl.graph.EventSpec.JavaOrigin;
import dev.gatehouse.dsl.graph.EventSpec.Protocol;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.dsl.graph.Place;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventSourceTest {
  record Change(String productId, int version) {}

  record Watch(String id, @Nullable String region, List<String> tags) {}

  private static final Service PRICING = Service.named("pricing");

  @Test
  void aServicesEventsAreDeclaredLikeAnOperation() {
    EventSource<String, Change> source = PRICING
        .events("/prices/{id}/changes")
        .taking(String.class)
        .only("price")
        .reconnecting(5)
        .of(Change.class);

    assertThat(source.findings()).isEmpty();
    assertThat(source.spec().name()).isEqualTo("pricing GET /prices/{id}/changes");
    assertThat(source.spec().event().name()).isEqualTo("Change");
    ServiceOrigin origin = (ServiceOrigin) source.spec().origin();
    assertThat(origin.protocol()).isEqualTo(Protocol.EVENT_STREAM);
    assertThat(origin.kinds()).containsExactly("price");
    assertThat(origin.reconnects()).isEqualTo(5);
    assertThat(origin.operation().isSafe()).isTrue();
  }

  @Test
  void verbsNeverChangeWhatTheyAreCalledOn() {
    var builder = PRICING.webSocket("/changes");
    builder.reconnecting(3).only("a").named("b").header("x-c", "d");

    ServiceOrigin origin = (ServiceOrigin) builder.of(Change.class).spec().origin();

    assertThat(origin.protocol()).isEqualTo(Protocol.WEB_SOCKET);
    assertThat(origin.reconnects()).isZero();
    assertThat(origin.kinds()).isEmpty();
    assertThat(origin.operation().name()).isEqualTo("GET /changes");
  }

  @Test
  void aVariableWithoutAValueIsFound() {
    assertThat(codes(PRICING.events("/prices/{id}").of(Change.class)))
        .containsExactly(Code.VARIABLE_UNBOUND);
    assertThat(codes(PRICING.events("/prices/{sku}").taking(Watch.class).of(Change.class)))
        .contains(Code.VARIABLE_UNBOUND);
    assertThat(codes(EventSource.onBus("prices.{id}", Change.class)))
        .containsExactly(Code.VARIABLE_UNBOUND);
    assertThat(codes(EventSource.onBus("prices.{region}", Watch.class, Change.class)))
        .containsExactly(Code.VARIABLE_UNBOUND);
    assertThat(codes(EventSource.onBus("prices.{tags}", Watch.class, Change.class)))
        .containsExactly(Code.VARIABLE_UNBOUND);
    assertThat(codes(EventSource.onBus("prices.{id}", Watch.class, Change.class)))
        .isEmpty();
  }

  @Test
  void anInputThatIsNotSentIsFound() {
    List<Finding> findings =
        PRICING.events("/prices").taking(String.class).of(Change.class).findings();

    assertThat(findings).extracting(Finding::code).containsExactly(Code.INPUT_UNUSED);
    assertThat(findings.get(0).message())
        .startsWith("source of events: pricing GET /prices sends its input, String, nowhere");
    assertThat(findings.get(0).place().file()).isEqualTo("EventSourceTest.java");
  }

  @Test
  void whatCannotBeWrittenSoIsFound() {
    assertThat(codes(PRICING.events("prices").of(Change.class))).containsExactly(Code.URI_TEMPLATE);
    assertThat(codes(EventSource.onBus("prices.{?id}", String.class, Change.class)))
        .containsExactly(Code.URI_TEMPLATE);
    assertThat(codes(PRICING.events("/prices").reconnecting(-1).of(Change.class)))
        .containsExactly(Code.OUT_OF_RANGE);
    assertThat(codes(Service.named("no service").events("/prices").of(Change.class)))
        .containsExactly(Code.BAD_NAME);
    assertThat(codes(EventSource.inJava("", Change.class, EventSourceTest::nothing)))
        .containsExactly(Code.BAD_NAME);
    assertThat(codes(EventSource.onBus("prices", Thread.class)))
        .containsExactly(Code.UNSUPPORTED_TYPE);
  }

  @Test
  void theOtherOriginsSayWhereTheyAre() {
    EventSource<String, Change> bus = EventSource.onBus("prices.{id}", String.class, Change.class);
    EventSource<String, Change> java =
        EventSource.inJava("ticks", String.class, Change.class, id -> nothing());

    assertThat(bus.spec().origin()).isInstanceOf(BusOrigin.class);
    assertThat(bus.spec().name()).isEqualTo("event bus prices.{id}");
    assertThat(java.spec().origin()).isInstanceOf(JavaOrigin.class);
    assertThat(java).hasToString("events of java ticks");
    assertThat(java.findings()).isEmpty();
  }

  @Test
  void aBffThatOpensASourceReportsWhatIsWrongWithIt() {
    EventSource<String, Change> broken =
        PRICING.events("/prices").taking(String.class).of(Change.class);
    Composite<Change, Change> same = Composite.named("Same", Change.class, change -> change);
    Door door = new Door() {
      @Override
      public String kind() {
        return "test";
      }

      @Override
      public List<Opening> openings() {
        return List.of(
            new Opening("changes", same, Access.anyone(), broken, Place.outside("none")));
      }
    };

    assertThat(Bff.named("web").open(door).findings())
        .extracting(Finding::code)
        .containsExactly(Code.INPUT_UNUSED);
  }

  private static Flow.Publisher<Change> nothing() {
    return subscriber -> {
      throw new IllegalStateException("nobody subscribes to this");
    };
  }

  private static List<Code> codes(EventSource<?, ?> source) {
    return source.findings().stream().map(Finding::code).toList();
  }
}
