package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.combine;
import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands for a value stands for all of it, wherever it is used. */
class WholeValuesTest {
  record Size(int width) {}

  record Box(@Nullable Size size) {}

  record Order(String id, Box box) {}

  record Parcel(int grams) {}

  record Branch(String name, List<Branch> children) {}

  record Key(String sku, String place) {}

  record Stock(String sku, String place, int units) {}

  record Names(@Nullable String name, @Nullable String other) {}

  record Item(String id, @Nullable String name) {}

  record Linked(List<Item> items) {}

  record Card(String name, @Nullable Parcel parcel) {}

  record Two(@Nullable Parcel first, @Nullable Parcel second) {}

  static final Operation<Order, Parcel> PACK =
      Service.named("parcels").post("/parcels").safe().returns(Parcel.class);

  static final Operation<String, Parcel> PARCEL =
      Service.named("parcels").get("/parcels/{id}").returns(Parcel.class);

  static final Operation<String, Item> ITEM =
      Service.named("items").get("/items/{id}").perItemUpTo(9).returns(Item.class);

  static final Operation<String, Branch> BRANCH =
      Service.named("trees").get("/trees/{id}").returns(Branch.class);

  static final ListOperation<String, String> RELATED =
      Service.named("related").get("/related/{id}").returnsList(String.class).atMost(5);

  static final Operation<Branch, Branch> PLANT =
      Service.named("trees").post("/trees").safe().returns(Branch.class);

  static final Operation<Key, Stock> STOCK = Service.named("stock")
      .post("/stock")
      .safe()
      .batchOf(Stock.class, Stock::sku, Stock::place)
      .upTo(10);

  private final ScriptedServices services = new ScriptedServices();

  @Test
  void aRecordThatHoldsAListOfItselfIsWrittenWithoutThoseInside() {
    Composite<String, Branch> branch = Composite.named("Branch", String.class, BRANCH::call);
    services.answer(
        "trees GET /trees/t", "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}");
    assertThat(Trial.of(branch, services).given("\"t\"").json()).isEqualTo("{\"name\":\"a\"}");
    assertThat(Trial.of(branch, services)
            .given("\"t\"")
            .selecting(Selection.field("children", Selection.of(Selection.field("name"))))
            .json())
        .isEqualTo("{\"children\":[{\"name\":\"b\"}]}");
  }

  @Test
  void aRecordThatHoldsAListOfItselfIsSentAndGivenToCodeWithThoseInside() {
    Composite<Branch, Names> names = Composite.named(
        "Names",
        Branch.class,
        branch -> object(Names.class)
            .with(Names::name, PLANT.call(branch).get(Branch::name))
            .with(Names::other, branch.map(String.class, WholeValuesTest::deepest)));
    String branch =
        "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[{\"name\":\"c\",\"children\":[]}]}]}";
    services.answer("trees POST /trees " + branch, "{\"name\":\"planted\",\"children\":[]}");
    assertThat(Trial.of(names, services).given(branch).json())
        .isEqualTo("{\"name\":\"planted\",\"other\":\"c\"}");
  }

  private static String deepest(Branch branch) {
    return branch.children().isEmpty()
        ? branch.name()
        : deepest(branch.children().get(0));
  }

  @Test
  void whatACallNeedsIsSentWhateverItIsFor() {
    Composite<Order, Size> size = Composite.named(
        "Size",
        Order.class,
        order -> object(Size.class).with(Size::width, PACK.call(order).get(Parcel::grams)));
    services.answer(
        "parcels POST /parcels {\"id\":\"o\",\"box\":{\"size\":{\"width\":3}}}", "{\"grams\":5}");
    assertThat(Trial.of(size, services)
            .given("{\"id\":\"o\",\"box\":{\"size\":{\"width\":3}}}")
            .json())
        .isEqualTo("{\"width\":5}");
  }

  @Test
  void aPartThatAConstantDoesNotHaveIsAbsent() {
    Composite<String, Names> names = Composite.named("Names", String.class, id -> {
      Value<@Nullable String> none = constant(new Item("i", null)).get(Item::name);
      Value<@Nullable String> replaced =
          ITEM.call(id).orElse(new Item("j", null)).get(Item::name);
      return object(Names.class)
          .with(Names::name, combine(String.class, id, none, (a, b) -> a + b))
          .with(Names::other, replaced.map(String.class, name -> "<" + name + ">"));
    });
    services.answer("items GET /items/a", 500, "");
    assertThat(Trial.of(names, services).given("\"a\"").json())
        .isEqualTo("{\"name\":null,\"other\":null}");
  }

  @Test
  void aListWithAnElementOfAnotherKindIsReplacedAsAWhole() {
    Composite<String, Linked> linked = Composite.named(
        "Linked",
        String.class,
        id -> object(Linked.class)
            .with(
                Linked::items,
                RELATED
                    .call(id)
                    .orElseGet(() -> RELATED.call(constant("other")))
                    .each(item -> ITEM.call(item))));
    services
        .answer("related GET /related/a", "[\"b\",{}]")
        .answer("related GET /related/other", "[\"c\"]")
        .answer("items GET /items/c", "{\"id\":\"c\"}");
    assertThat(Trial.of(linked, services).given("\"a\"").json())
        .isEqualTo("{\"items\":[{\"id\":\"c\",\"name\":null}]}");
    assertThat(services.calls).doesNotContain("items GET /items/b");
  }

  @Test
  void anInputIsOneObjectOrTheOther() {
    Composite<String, Stock> stock = Composite.named(
        "Stock",
        String.class,
        id -> STOCK.call(object(Key.class)
            .with(Key::sku, id)
            .with(Key::place, ITEM.call(id).get(Item::id))
            .orElse(new Key("other", "there"))));
    services
        .answer("items GET /items/a", 500, "")
        .answer(
            "stock POST /stock [{\"sku\":\"other\",\"place\":\"there\"}]",
            "[{\"sku\":\"other\",\"place\":\"there\",\"units\":7}]");
    assertThat(Trial.of(stock, services).given("\"a\"").json())
        .isEqualTo("{\"sku\":\"other\",\"place\":\"there\",\"units\":7}");
  }

  @Test
  void anArgumentOfAnObjectIsNoneOfTheObjectThatItStandsFor() {
    Composite<String, Card> card = Composite.named(
        "Card", String.class, id -> card(ITEM.call(id).get(Item::id)).orElseGet(() -> card(id)));
    services
        .answer("items GET /items/a", 500, "")
        .answer("parcels GET /parcels/p", "{\"grams\":9}");
    Selection.Field parcel = new Selection.Field(
        "parcel", "parcel", List.of(new Selection.Argument("of", 0)), null, null);
    assertThat(Trial.of(card, services)
            .given("\"a\"")
            .selecting(Selection.field("name"), parcel)
            .withArguments("\"p\"")
            .json())
        .isEqualTo("{\"name\":\"a\",\"parcel\":{\"grams\":9}}");
  }

  private static Value<Card> card(Value<String> name) {
    return object(Card.class)
        .with(Card::name, name)
        .withArguments(
            Card::parcel,
            given ->
                PARCEL.call(given.argument("of", String.class).byDefault("none").value()));
  }

  @Test
  void rowsAreCountedForAllWhoAsk() {
    Composite<String, Two> two = Composite.named(
        "Two",
        String.class,
        id -> object(Two.class)
            .with(Two::first, PARCEL.call(id))
            .with(Two::second, PARCEL.call(constant("x"))));
    assertThat(Trial.of(two, services).plan().maxRows()).isEqualTo(2);
  }

  @Test
  void codeInJavaIsGivenUpWithTheRun() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Composite<String, Parcel> waiting = Composite.named(
          "Waiting",
          String.class,
          Operation.<String, Parcel>inJava(
              "wait", String.class, Parcel.class, id -> new CompletableFuture<>())::call);
      Trial trial = Trial.of(waiting, services).given("\"a\"");
      Execution execution = trial.start(vertx);
      assertThat(trial.answers).isEmpty();
      execution.cancel(FailureClass.CANCELLED);
      assertThat(trial.answer().failure()).isEqualTo(FailureClass.CANCELLED);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
