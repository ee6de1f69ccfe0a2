package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Outcome;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is lost, where it stops, what stands in its place, and what is reported of it. */
class FailureClimbingTest {
  record Owner(String name, @Nullable String phone) {}

  record Size(int width, int height) {}

  record Item(
      String id,
      boolean sold,
      @Nullable Owner owner,
      List<String> tags,
      @Nullable Size size) {}

  record Offer(String id, int price) {}

  record Page(Item item, @Nullable Offer offer) {}

  record Strict(Item item, Offer offer) {}

  record Card(String id, Offer offer) {}

  record Shelf(List<Card> cards) {}

  record OpenShelf(List<@Nullable Card> cards) {}

  static final Operation<String, Item> ITEM =
      Service.named("items").get("/items/{id}").perItemUpTo(50).returns(Item.class);

  static final Operation<String, Offer> OFFER =
      Service.named("offers").get("/offers/{id}").perItemUpTo(50).returns(Offer.class);

  static final Operation<String, Offer> OTHER =
      Service.named("others").get("/offers/{id}").perItemUpTo(50).returns(Offer.class);

  static final ListOperation<String, String> IDS =
      Service.named("items").get("/ids/{id}").returnsList(String.class).atMost(9);

  static final String GOOD =
      "{\"id\":\"i\",\"sold\":false,\"owner\":{\"name\":\"Jo\"},\"tags\":[\"a\",\"b\"]}";

  private final ScriptedServices services = new ScriptedServices()
      .answer("items GET /items/i", GOOD)
      .answer("offers GET /offers/i", "{\"id\":\"i\",\"price\":7}");

  @Test
  void aPartThatMayBeAbsentIsNull() {
    services.answer("offers GET /offers/i", 500, "");
    Trial trial = Trial.of(page(), services).given("\"i\"");
    assertThat(trial.json())
        .isEqualTo(
            "{\"item\":{\"id\":\"i\",\"sold\":false,\"owner\":{\"name\":\"Jo\",\"phone\":null},"
                + "\"tags\":[\"a\",\"b\"],\"size\":null},\"offer\":null}");
    assertThat(trial.answer().losses()).singleElement().satisfies(loss -> {
      assertThat(loss.path()).containsExactly("offer");
      assertThat(loss.failureClass()).isEqualTo(FailureClass.SERVER_ERROR);
      assertThat(loss.service()).isEqualTo("offers");
      assertThat(loss.operation()).isEqualTo("GET /offers/{id}");
      assertThat(loss.replaced()).isFalse();
    });
  }

  @Test
  void whatAServiceDoesNotKnowIsNoLoss() {
    services.answer("offers GET /offers/i", 404, "{\"message\":\"no\"}");
    Trial trial = Trial.of(page(), services).given("\"i\"");
    assertThat(trial.json()).endsWith("\"offer\":null}");
    assertThat(trial.answer().losses()).isEmpty();
  }

  @Test
  void aFieldThatDoesNotFitTakesItsObjectToTheNearestNull() {
    services.answer(
        "items GET /items/i",
        "{\"id\":\"i\",\"sold\":false,\"owner\":{\"name\":5,\"phone\":\"1\"},\"tags\":[]}");
    Trial trial = Trial.of(page(), services).given("\"i\"");
    assertThat(trial.json()).contains("\"owner\":null");
    assertThat(trial.answer().losses()).singleElement().satisfies(loss -> {
      assertThat(loss.path()).containsExactly("item", "owner", "name");
      assertThat(loss.failureClass()).isEqualTo(FailureClass.NONSENSE);
      assertThat(loss.detail()).contains("$.owner.name");
    });
  }

  @Test
  void aFieldThatNobodySelectsMayBeWrong() {
    services.answer("items GET /items/i", "{\"id\":\"i\",\"sold\":\"no\",\"tags\":5}");
    Trial trial = Trial.of(page(), services)
        .given("\"i\"")
        .selecting(Selection.field("item", Selection.of(Selection.field("id"))));
    assertThat(trial.json()).isEqualTo("{\"item\":{\"id\":\"i\"}}");
    assertThat(trial.answer().losses()).isEmpty();
  }

  @Test
  void aRequiredPartTakesTheWhole() {
    services.fail("offers GET /offers/i", new UpstreamException(FailureClass.TIMED_OUT, "late"));
    Trial trial = Trial.of(strict(), services).given("\"i\"");
    assertThat(trial.run().json()).isNull();
    assertThat(trial.answer().failure()).isEqualTo(FailureClass.TIMED_OUT);
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::path)
        .containsExactly(List.of("offer"));
  }

  @Test
  void aRequiredPartThatIsNotThereMakesTheWholeAbsent() {
    services.answer("offers GET /offers/i", 404, "");
    Trial trial = Trial.of(strict(), services).given("\"i\"");
    assertThat(trial.run().failure()).isEqualTo(FailureClass.ABSENT);
  }

  @Test
  void anElementTakesItsListUnlessItMayBeNull() {
    services
        .answer("items GET /ids/i", "[\"i\",\"j\"]")
        .fail("offers GET /offers/j", new UpstreamException(FailureClass.UNREACHABLE, "down"));
    Composite<String, Shelf> shelf = Composite.named(
        "Shelf",
        String.class,
        id -> object(Shelf.class).with(Shelf::cards, IDS.call(id).each(FailureClimbingTest::card)));
    Trial all = Trial.of(shelf, services).given("\"i\"");
    assertThat(all.run().failure()).isEqualTo(FailureClass.UNREACHABLE);
    assertThat(all.answer().losses())
        .extracting(Answer.Loss::path)
        .containsExactly(List.of("cards", 1, "offer"));

    Composite<String, OpenShelf> open = Composite.named(
        "OpenShelf",
        String.class,
        id -> object(OpenShelf.class)
            .with(OpenShelf::cards, IDS.call(id).each(other -> card(other).orNull())));
    assertThat(Trial.of(open, services).given("\"i\"").json())
        .isEqualTo("{\"cards\":[{\"id\":\"i\",\"offer\":{\"id\":\"i\",\"price\":7}},null]}");
  }

  private static Value<Card> card(Value<String> id) {
    return object(Card.class).with(Card::id, id).with(Card::offer, OFFER.call(id));
  }

  @Test
  void aConstantStandsForAFailureAndForAbsence() {
    Composite<String, Strict> composite = Composite.named(
        "Strict",
        String.class,
        id -> object(Strict.class)
            .with(Strict::item, ITEM.call(id))
            .with(Strict::offer, OFFER.call(id).orElse(new Offer("none", 0))));
    services.answer("offers GET /offers/i", 404, "");
    Trial absent = Trial.of(composite, services).given("\"i\"").selecting("offer");
    assertThat(absent.json()).isEqualTo("{\"offer\":{\"id\":\"none\",\"price\":0}}");
    assertThat(absent.answer().losses()).isEmpty();

    services.answer("offers GET /offers/i", "{\"id\":\"i\",\"price\":\"7\"}");
    Trial failed = Trial.of(composite, services)
        .given("\"i\"")
        .selecting(Selection.field(
            "offer", Selection.of(Selection.field("price"), Selection.field(Selection.TYPE_NAME))));
    assertThat(failed.json()).isEqualTo("{\"offer\":{\"price\":0,\"__typename\":\"Offer\"}}");
    assertThat(failed.answer().losses()).singleElement().satisfies(loss -> {
      assertThat(loss.path()).containsExactly("offer", "price");
      assertThat(loss.replaced()).isTrue();
    });
  }

  @Test
  void anotherCallStandsForAFailureAndIsMadeOnlyThen() {
    Composite<String, Strict> composite = Composite.named(
        "Strict",
        String.class,
        id -> object(Strict.class)
            .with(Strict::item, ITEM.call(id))
            .with(Strict::offer, OFFER.call(id).orElseGet(() -> OTHER.call(id))));
    assertThat(Trial.of(composite, services).given("\"i\"").selecting("offer").json())
        .isEqualTo("{\"offer\":{\"id\":\"i\",\"price\":7}}");
    assertThat(services.calls).containsExactly("offers GET /offers/i");

    services
        .answer("offers GET /offers/i", 500, "")
        .answer("others GET /offers/i", "{\"id\":\"x\",\"price\":8}");
    Trial rescued = Trial.of(composite, services).given("\"i\"").selecting("offer");
    assertThat(rescued.json()).isEqualTo("{\"offer\":{\"id\":\"x\",\"price\":8}}");
    assertThat(rescued.answer().losses()).singleElement().satisfies(loss -> {
      assertThat(loss.failureClass()).isEqualTo(FailureClass.SERVER_ERROR);
      assertThat(loss.replaced()).isTrue();
    });

    services.answer("others GET /offers/i", 400, "");
    Trial lost = Trial.of(composite, services).given("\"i\"").selecting("offer");
    assertThat(lost.run().failure()).isEqualTo(FailureClass.REJECTED);
    assertThat(lost.answer().losses())
        .extracting(Answer.Loss::service)
        .containsExactly("offers", "others");
  }

  @Test
  void anAnswerOfWhichAPartDoesNotFitKeepsItsFailure() {
    Composite<String, Strict> composite = Composite.named(
        "Strict",
        String.class,
        id -> object(Strict.class)
            .with(Strict::item, ITEM.call(id))
            .with(Strict::offer, OFFER.call(id).orElseGet(() -> OTHER.call(id))));
    services
        .answer("offers GET /offers/i", "{\"id\":\"i\",\"price\":\"seven\"}")
        .answer("others GET /offers/i", "{\"id\":\"x\",\"price\":8}");
    Trial trial = Trial.of(composite, services).given("\"i\"").selecting("offer");
    Answer answer = trial.run();
    if (answer.failure() == null) {
      assertThat(Trial.json(answer)).isEqualTo("{\"offer\":{\"id\":\"x\",\"price\":8}}");
    } else {
      assertThat(answer.failure()).isEqualTo(FailureClass.NONSENSE);
    }
  }

  record Told(String id, Outcome<Offer> offer) {}

  @Test
  void anOutcomeTellsTheClassOfTheFailure() {
    Composite<String, Told> told = Composite.named(
        "Told",
        String.class,
        id -> object(Told.class)
            .with(Told::id, id)
            .with(Told::offer, OFFER.call(id).outcome()));
    assertThat(Trial.of(told, services).given("\"i\"").json())
        .isEqualTo(
            "{\"id\":\"i\",\"offer\":{\"value\":{\"id\":\"i\",\"price\":7},\"failure\":null}}");
    services.fail("offers GET /offers/i", new UpstreamException(FailureClass.TIMED_OUT, "late"));
    assertThat(Trial.of(told, services).given("\"i\"").json())
        .isEqualTo("{\"id\":\"i\",\"offer\":{\"value\":null,\"failure\":\"timed_out\"}}");
    services.answer("offers GET /offers/i", 404, "");
    assertThat(Trial.of(told, services).given("\"i\"").json())
        .isEqualTo("{\"id\":\"i\",\"offer\":{\"value\":null,\"failure\":null}}");
  }

  record Tagged(List<String> tags, @Nullable List<String> loud) {}

  @Test
  void aListOfWhichAnElementDoesNotFitIsLostWhoeverElseReadsIt() {
    Composite<String, Tagged> composite = Composite.named("Tagged", String.class, id -> {
      Value<Item> item = ITEM.call(id);
      return object(Tagged.class)
          .with(Tagged::tags, item.get(Item::tags))
          .with(
              Tagged::loud,
              item.items(Item::tags).atMost(9).each(tag -> tag.map(String.class, String::strip)));
    });
    services.answer("items GET /items/i", GOOD.replace("\"a\"", "5"));
    for (String[] fields : new String[][] {{"tags"}, {"tags", "loud"}}) {
      Trial trial = Trial.of(composite, services).given("\"i\"").selecting(fields);
      assertThat(trial.run().failure())
          .as(fields.length + " fields")
          .isEqualTo(FailureClass.NONSENSE);
    }
    assertThat(Trial.of(composite, services).given("\"i\"").selecting("loud").json())
        .isEqualTo("{\"loud\":null}");
  }

  @Test
  void aBoundHoldsWhereverItIsWritten() {
    record Few(@Nullable List<String> few) {}
    Composite<String, Few> composite = Composite.named(
        "Few",
        String.class,
        id -> object(Few.class)
            .with(
                Few::few,
                IDS.call(id)
                    .each(other -> OFFER.call(other).get(Offer::id))
                    .atMost(2)
                    .each(other -> other.map(String.class, String::strip))));
    services.answer("items GET /ids/i", "[\"i\",\"i\",\"i\"]");
    Trial trial = Trial.of(composite, services).given("\"i\"");
    assertThat(trial.json()).isEqualTo("{\"few\":null}");
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::failureClass)
        .containsExactly(FailureClass.NONSENSE);
  }

  @Test
  void aFunctionThatEndsInAnErrorCostsItsValueOnly() {
    record Named(String id, @Nullable String name) {}
    Composite<String, Named> composite = Composite.named(
        "Named",
        String.class,
        id -> object(Named.class)
            .with(Named::id, id)
            .with(Named::name, id.map(String.class, text -> {
              throw new StackOverflowError(text);
            })));
    Trial trial = Trial.of(composite, new ScriptedServices()).given("\"i\"");
    assertThat(trial.json()).isEqualTo("{\"id\":\"i\",\"name\":null}");
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::failureClass)
        .containsExactly(FailureClass.INTERNAL);
  }

  private static Composite<String, Page> page() {
    return Composite.named(
        "Page",
        String.class,
        id -> object(Page.class).with(Page::item, ITEM.call(id)).with(Page::offer, OFFER.call(id)));
  }

  private static Composite<String, Strict> strict() {
    return Composite.named(
        "Strict",
        String.class,
        id -> object(Strict.class)
            .with(Strict::item, ITEM.call(id))
            .with(Strict::offer, OFFER.call(id)));
  }
}
