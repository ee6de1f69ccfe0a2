package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.when;
import static dev.gatehouse.runtime.engine.FailureClimbingTest.GOOD;
import static dev.gatehouse.runtime.engine.FailureClimbingTest.ITEM;
import static dev.gatehouse.runtime.engine.FailureClimbingTest.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.runtime.engine.FailureClimbingTest.Item;
import dev.gatehouse.runtime.engine.FailureClimbingTest.Offer;
import dev.gatehouse.runtime.engine.FailureClimbingTest.Page;
import dev.gatehouse.runtime.engine.FailureClimbingTest.Size;
import dev.gatehouse.runtime.upstream.FailureClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is not there, or only under a condition, and whether what needs it is called. */
class AbsenceTest {
  private final ScriptedServices services = new ScriptedServices()
      .answer("items GET /items/i", GOOD)
      .answer("offers GET /offers/i", "{\"id\":\"i\",\"price\":7}");

  @Test
  void aConditionThatDoesNotHoldMeansNoCall() {
    Composite<String, Page> composite = Composite.named("Page", String.class, id -> {
      Value<Item> item = ITEM.call(id);
      return object(Page.class)
          .with(Page::item, item)
          .with(Page::offer, when(item.get(Item::sold), () -> OFFER.call(id)));
    });
    Trial no = Trial.of(composite, services).given("\"i\"").selecting("offer");
    assertThat(no.json()).isEqualTo("{\"offer\":null}");
    assertThat(services.calls).containsExactly("items GET /items/i");

    services.answer("items GET /items/i", GOOD.replace("false", "true"));
    Trial yes = Trial.of(composite, services).given("\"i\"").selecting("offer");
    assertThat(yes.json()).isEqualTo("{\"offer\":{\"id\":\"i\",\"price\":7}}");

    services.answer("items GET /items/i", GOOD.replace("false", "1"));
    Trial unknown = Trial.of(composite, services).given("\"i\"").selecting("offer");
    assertThat(unknown.json()).isEqualTo("{\"offer\":null}");
    assertThat(unknown.answer().losses())
        .extracting(Answer.Loss::failureClass)
        .containsExactly(FailureClass.NONSENSE);
  }

  @Test
  void whatExistsOnlyUnderAConditionIsNoInputElsewhere() {
    Composite<String, Page> composite = Composite.named("Page", String.class, id -> {
      Value<Item> item = ITEM.call(id);
      return object(Page.class)
          .with(Page::item, item)
          .with(Page::offer, OFFER.call(when(item.get(Item::sold), () -> id)));
    });
    assertThat(Trial.of(composite, services).given("\"i\"").selecting("offer").json())
        .isEqualTo("{\"offer\":null}");
    assertThat(services.calls).containsExactly("items GET /items/i");
  }

  @Test
  void aConstantUnderAConditionIsNoInputElsewhere() {
    Composite<String, Page> composite = Composite.named("Page", String.class, id -> {
      Value<Item> item = ITEM.call(id);
      return object(Page.class)
          .with(Page::item, item)
          .with(Page::offer, OFFER.call(when(item.get(Item::sold), () -> constant("i"))));
    });
    assertThat(Trial.of(composite, services).given("\"i\"").selecting("offer").json())
        .isEqualTo("{\"offer\":null}");
    assertThat(services.calls).containsExactly("items GET /items/i");
  }

  record SizeQuery(@Nullable Integer width, @Nullable Integer height) {}

  static final Operation<Size, Offer> BY_SIZE =
      Service.named("offers").post("/by-size").safe().returns(Offer.class);

  static final Operation<SizeQuery, Offer> BY_QUERY =
      Service.named("offers").get("/by-size{?width,height}").returns(Offer.class);

  @Test
  void whatNeedsAnAbsentObjectIsNotCalledAndIsAbsentItself() {
    Composite<String, Page> composite = Composite.named("Page", String.class, id -> {
      Value<Item> item = ITEM.call(id);
      return object(Page.class)
          .with(Page::item, item)
          .with(Page::offer, BY_SIZE.call(item.get(Item::size)));
    });
    Trial trial = Trial.of(composite, services).given("\"i\"").selecting("offer");
    assertThat(trial.json()).isEqualTo("{\"offer\":null}");
    assertThat(trial.answer().losses()).isEmpty();
    assertThat(services.calls).containsExactly("items GET /items/i");
  }

  record Found(@Nullable Offer offer) {}

  record Search(String text, @Nullable SizeQuery size) {}

  @Test
  void anAbsentObjectOfOptionalPartsIsStillAbsent() {
    Composite<Search, Found> composite = Composite.named(
        "Found",
        Search.class,
        search -> object(Found.class).with(Found::offer, BY_QUERY.call(search.get(Search::size))));
    assertThat(Trial.of(composite, services).given("{\"text\":\"a\"}").json())
        .isEqualTo("{\"offer\":null}");
    assertThat(services.calls).isEmpty();
    services.answer("offers GET /by-size?height=2", "{\"id\":\"i\",\"price\":1}");
    assertThat(Trial.of(composite, services)
            .given("{\"text\":\"a\",\"size\":{\"height\":2}}")
            .json())
        .isEqualTo("{\"offer\":{\"id\":\"i\",\"price\":1}}");
  }
}
