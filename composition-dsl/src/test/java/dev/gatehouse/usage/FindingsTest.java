package dev.gatehouse.usage;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.list;
import static dev.gatehouse.dsl.Verbs.nothing;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.when;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.usage.Shop.Cart;
import dev.gatehouse.usage.Shop.Line;
import dev.gatehouse.usage.Shop.Product;
import dev.gatehouse.usage.Shop.Review;
import dev.gatehouse.usage.Shop.User;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the pages in {@code docs/errors} do not show: all at once, at their places, and the finer rules. */
class FindingsTest {

  record Card(String id, String name, boolean favourite) {}

  private static List<Code> codes(Composite<?, ?> composite) {
    return composite.findings().stream().map(Finding::code).toList();
  }

  private static List<String> messages(Composite<?, ?> composite) {
    return composite.findings().stream().map(Finding::message).toList();
  }

  // all at once

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndInOrder() {
    var composite = Composite.named("Cards", String.class, id -> {
      var product = Shop.PRODUCT.call(id);
      return product
          .items(Product::warehouses)
          .each(warehouse -> object(Card.class)
              .from(Shop.ONE_USER.call(warehouse))
              .with(Card::id, id)
              .with(Card::id, product.get(p -> p.id())));
    });

    assertThat(codes(composite))
        .containsExactly(
            Code.LIST_UNBOUNDED,
            Code.CALL_PER_ITEM,
            Code.NOT_A_COMPONENT,
            Code.COMPONENT_BOUND_TWICE,
            Code.COMPONENT_UNBOUND);
    DefinitionException thrown = catchThrowableOfType(DefinitionException.class, composite::graph);
    assertThat(thrown.findings()).isEqualTo(composite.findings());
    assertThat(thrown)
        .hasMessageStartingWith("composite Cards has 5 mistakes:\n 1. GH-111 at FindingsTest.")
        .hasMessageContaining("\n 5. GH-101 at ")
        .hasMessageEndingWith("see docs/errors/GH-101.md");
  }

  @Test
  void aMistakeIsReportedOnceHoweverOftenItIsRunInto() {
    var broken =
        Composite.named("Broken", String.class, id -> object(Card.class).with(Card::id, id));
    record Two(Card first, Card second) {}
    var outer = Composite.named(
        "Outer",
        String.class,
        id ->
            object(Two.class).with(Two::first, broken.call(id)).with(Two::second, broken.call(id)));
    var bff = Bff.named("shop")
        .open(ADoor.opening("a", broken, anyone()))
        .open(ADoor.opening("b", outer, anyone()));

    assertThat(bff.findings()).hasSize(2).isEqualTo(broken.findings());
  }

  @Test
  void placesAreWhereTheMistakeIsWritten() {
    StackTraceElement here = new Throwable().getStackTrace()[0];
    var composite =
        Composite.named("Card", String.class, id -> object(Card.class).with(Card::id, id));

    assertThat(composite.findings()).allSatisfy(finding -> {
      assertThat(finding.place().line()).isEqualTo(here.getLineNumber() + 2);
      assertThat(finding.place().file()).isEqualTo("FindingsTest.java");
      assertThat(finding.place().member())
          .isEqualTo("FindingsTest.placesAreWhereTheMistakeIsWritten");
    });
  }

  @Test
  void whatIsThrownIsTheCause() {
    IllegalStateException thrown = new IllegalStateException("no such thing");
    Composite<String, String> composite = Composite.named("Page", String.class, id -> {
      throw thrown;
    });

    assertThat(codes(composite)).containsExactly(Code.DEFINITION_THREW);
    assertThatThrownBy(composite::graph).hasCause(thrown);
    assertThat(composite.findings().get(0).place().member()).contains("whatIsThrownIsTheCause");
  }

  // scopes

  @Test
  void verbsWorkOnTheDefiningThreadOnly() {
    var composite = Composite.named(
        "Page",
        String.class,
        id -> CompletableFuture.supplyAsync(() -> id.orElse("x")).join());

    assertThat(codes(composite)).containsExactly(Code.DEFINITION_THREW);
    assertThatThrownBy(composite::graph)
        .hasCauseInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(DefinitionException.class);
    assertThatThrownBy(() -> nothing()).hasMessageContaining("GH-108");
    assertThatThrownBy(() -> Shop.PRODUCT.call(null)).hasMessageContaining("catalog product.call");
  }

  @Test
  void aDefinitionInsideADefinitionIsItsOwn() {
    var composite = Composite.named("Outer", String.class, id -> {
      var inner = Composite.named("Inner", String.class, Shop.PRODUCT::call);
      return inner.call(id).get(Product::name);
    });

    assertThat(composite.findings()).isEmpty();
  }

  @Test
  void aValueOfABranchStaysInIt() {
    List<Value<Product>> kept = new ArrayList<>();
    record Page(@Nullable Product maybe, Product kept) {}
    var composite = Composite.named(
        "Page",
        String.class,
        id -> object(Page.class)
            .with(Page::maybe, when(constant(true), () -> {
              kept.add(Shop.PRODUCT.call(id));
              return kept.get(0);
            }))
            .with(Page::kept, kept.get(0)));

    assertThat(messages(composite))
        .singleElement()
        .asString()
        .contains("belongs to the when of the constant true");
  }

  // what fits

  record Narrow(int a, long b, int c, BigDecimal d) {}

  record Wide(long a, BigDecimal b, double c, @Nullable BigDecimal d) {}

  private static final Operation<String, Narrow> NARROW =
      Service.named("n").get("/{id}").returns(Narrow.class);
  private static final Operation<String, Wide> WIDE =
      Service.named("w").get("/{id}").returns(Wide.class);

  @Test
  void narrowNumbersFitWideOnes() {
    var wide = Composite.named("W", String.class, id -> object(Wide.class).from(NARROW.call(id)));
    assertThat(wide.findings()).isEmpty();

    var narrow = Composite.named("N", String.class, id -> object(Narrow.class).from(WIDE.call(id)));
    assertThat(codes(narrow))
        .containsExactly(
            Code.TYPE_MISMATCH, Code.TYPE_MISMATCH, Code.TYPE_MISMATCH, Code.MAY_BE_ABSENT);
  }

  record Sku(String value) {}

  record SkuCard(Sku id) {}

  @Test
  void anIdOfOneKindIsNoOther() {
    var composite = Composite.named(
        "Card", String.class, id -> object(SkuCard.class).from(Shop.PRODUCT.call(id)));
    assertThat(messages(composite))
        .singleElement()
        .asString()
        .contains("of the type String (expected: Sku)");
  }

  @Test
  void recordsOfOneNameAreToldApart() {
    record Product(String id) {}
    record Page(Product product) {}
    record Source(Shop.Product product) {}
    Operation<String, Source> source = Service.named("s").get("/{id}").returns(Source.class);
    var composite =
        Composite.named("Page", String.class, id -> object(Page.class).from(source.call(id)));

    assertThat(messages(composite))
        .singleElement()
        .asString()
        .contains("Shop$Product (expected: ")
        .contains("object(Product.class).from(…)");
  }

  @Test
  void anObjectOfSomethingAbsentIsAbsentAsAWhole() {
    record Author(String name) {}
    record Fine(@Nullable Author author) {}
    record Broken(Author author) {}
    var fine = Composite.named(
        "Fine",
        Review.class,
        review -> object(Fine.class)
            .with(
                Fine::author,
                object(Author.class).from(Shop.USER.call(review.get(Review::authorId)))));
    assertThat(fine.findings()).isEmpty();

    var broken = Composite.named(
        "Broken",
        Review.class,
        review -> object(Broken.class)
            .with(
                Broken::author,
                object(Author.class).from(Shop.USER.call(review.get(Review::authorId)))));
    assertThat(messages(broken))
        .singleElement()
        .asString()
        .startsWith(
            "Broken: Broken.author is given object(Author), which may be absent because Review.authorId");
  }

  @Test
  void aListOfWhatMayBeAbsentDoesNotFitOneThatPromises() {
    record Authors(List<User> authors) {}
    var composite = Composite.named(
        "Authors",
        String.class,
        id -> object(Authors.class)
            .with(
                Authors::authors,
                Shop.REVIEWS
                    .call(id)
                    .each(review -> Shop.USER.call(review.get(Review::authorId)))));

    assertThat(messages(composite))
        .singleElement()
        .asString()
        .startsWith(
            "Authors: an element of Authors.authors is given the list made by each over the answer of reviews");
  }

  @Test
  void onlyRecordsAreTakenFromAndPutTogether() {
    var from = Composite.named("From", String.class, id -> object(Cart.class).from(id));
    assertThat(codes(from)).containsExactly(Code.TYPE_MISMATCH);
    var text = Composite.named("Text", String.class, id -> object(String.class));
    assertThat(codes(text)).containsExactly(Code.TYPE_MISMATCH);
  }

  // operations

  @Test
  void aScalarBindsTheOnlyVariable() {
    Operation<String, Cart> two = Service.named("c").get("/{a}/{b}").returns(Cart.class);
    assertThat(codes(Composite.named("Two", String.class, two::call)))
        .containsExactly(Code.VARIABLE_UNBOUND, Code.VARIABLE_UNBOUND);
    Operation<String, Cart> none = Service.named("c").get("/carts").returns(Cart.class);
    assertThat(codes(Composite.named("None", String.class, none::call)))
        .containsExactly(Code.INPUT_UNUSED);
    Operation<Nothing, Cart> nobody = Service.named("c").get("/carts/{id}").returns(Cart.class);
    assertThat(codes(Composite.withoutInput("Nobody", () -> nobody.call(nothing()))))
        .containsExactly(Code.VARIABLE_UNBOUND);
    Operation<String, Cart> header =
        Service.named("c").get("/carts").header("x-cart", "{id}").returns(Cart.class);
    assertThat(codes(Composite.named("Header", String.class, header::call))).isEmpty();
  }

  @Test
  void bodiesAreMadeOfWhatIsLeftOrOfOneComponent() {
    Service carts = Service.named("carts");
    Operation<Line, Line> rest = carts.post("/carts/{cart}").safe().returns(Line.class);
    assertThat(codes(Composite.named("Rest", Line.class, rest::call))).isEmpty();
    Operation<Line, Line> none = carts.post("/carts/{cart}").safe().noBody().returns(Line.class);
    assertThat(codes(Composite.named("None", Line.class, none::call)))
        .containsExactly(Code.INPUT_UNUSED, Code.INPUT_UNUSED);
    Operation<Line, Line> one =
        carts.post("/carts/{cart}{?sku}").safe().bodyFrom("count").returns(Line.class);
    assertThat(codes(Composite.named("One", Line.class, one::call))).isEmpty();
    Operation<Line, Line> other =
        carts.post("/carts/{cart}{?sku}").safe().bodyFrom("lines").returns(Line.class);
    assertThat(codes(Composite.named("Other", Line.class, other::call)))
        .containsExactly(Code.VARIABLE_UNBOUND, Code.INPUT_UNUSED);
  }

  @Test
  void recordsDoNotGoIntoUris() {
    record Holder(Line line) {}
    Operation<Holder, Cart> operation = Service.named("c").get("/{line}").returns(Cart.class);
    assertThat(codes(Composite.named("Holder", Holder.class, operation::call)))
        .containsExactly(Code.TYPE_MISMATCH);
  }

  @Test
  void batchKeysFitTheirInputs() {
    Service users = Service.named("users");
    Operation<Integer, User> number =
        users.get("/users{?ids*}").batchOf(User.class, User::id).upTo(5);
    assertThat(codes(Composite.named("Number", Integer.class, number::call)))
        .containsExactly(Code.BATCH_KEY);
    Operation<String, User> two =
        users.get("/users{?ids*}").batchOf(User.class, User::id, User::name).upTo(5);
    assertThat(codes(Composite.named("Two", String.class, two::call)))
        .containsExactly(Code.BATCH_KEY);
    Operation<User, User> inUri =
        users.get("/users{?id,name}").batchOf(User.class, User::id, User::name).upTo(5);
    assertThat(codes(Composite.named("InUri", User.class, inUri::call)))
        .containsExactly(Code.BATCH_KEY);
    Operation<String, User> none =
        users.get("/users{?ids*}").batchOf(User.class).upTo(0);
    assertThat(codes(Composite.named("None", String.class, none::call)))
        .containsExactly(Code.OUT_OF_RANGE, Code.BATCH_KEY);
    Operation<String, User> lambda =
        users.get("/users{?ids*}").batchOf(User.class, user -> user.id()).upTo(5);
    assertThat(codes(Composite.named("Lambda", String.class, lambda::call)))
        .containsExactly(Code.NOT_A_COMPONENT);
  }

  @Test
  void numbersAndNamesHaveTheirRange() {
    Operation<String, Cart> operation = Service.named("my carts")
        .get("carts/{id}")
        .named("")
        .header("bad header", "{+id}")
        .perItemUpTo(0)
        .within(ofMillis(-1))
        .returns(Cart.class);
    assertThat(codes(Composite.named("Page", String.class, operation::call)))
        .containsExactly(
            Code.BAD_NAME,
            Code.BAD_NAME,
            Code.URI_TEMPLATE,
            Code.BAD_NAME,
            Code.URI_TEMPLATE,
            Code.OUT_OF_RANGE,
            Code.OUT_OF_RANGE);
    ListOperation<String, Cart> none =
        Service.named("carts").get("/{id}").returnsList(Cart.class).atMost(0);
    assertThat(codes(Composite.named("None", String.class, none::call)))
        .containsExactly(Code.OUT_OF_RANGE);
    var zero = Composite.named(
        "Zero",
        String.class,
        id -> Shop.REVIEWS.call(id).atMost(0).each(review -> review.get(Review::text)));
    assertThat(codes(zero)).containsExactly(Code.OUT_OF_RANGE);
    assertThat(codes(Composite.named("Long", String.class, Shop.CART::call).within(ofMillis(0))))
        .containsExactly(Code.OUT_OF_RANGE);
  }

  @Test
  void callsPerItemAreAllowedByNumber() {
    Operation<String, User> user =
        Service.named("users").get("/users/{id}").perItemUpTo(50).returns(User.class);
    var composite = Composite.named(
        "Users",
        String.class,
        id -> Shop.REVIEWS.call(id).each(review -> user.call(review.get(Review::text))));
    assertThat(composite.findings()).isEmpty();
  }

  @Test
  void operationsInJavaAreCalledWithTheirInput() {
    Operation<Integer, Integer> twice =
        Operation.blocking("twice", Integer.class, Integer.class, n -> 2 * n);
    var fine = Composite.named("Fine", Integer.class, twice::call);
    assertThat(fine.findings()).isEmpty();
    @SuppressWarnings({"unchecked", "rawtypes"})
    var wrong =
        Composite.named("Wrong", String.class, id -> (Value<Integer>) ((Operation) twice).call(id));
    assertThat(codes(wrong)).containsExactly(Code.TYPE_MISMATCH);
  }

  @Test
  void anInnerLimitIsNoLongerThanTheDeadlineItIsIn() {
    var inner =
        Composite.named("Inner", String.class, id -> Shop.CART.call(id).within(ofMillis(200)));
    assertThat(inner.within(ofMillis(200)).findings()).isEmpty();
    assertThat(codes(inner.within(ofMillis(100)))).containsExactly(Code.BEYOND_DEADLINE);

    var outer = Composite.named("Outer", String.class, id -> inner.call(id).within(ofMillis(400)));
    assertThat(messages(outer.within(ofMillis(300))))
        .singleElement()
        .asString()
        .contains("composite Inner may take 400 ms");
  }

  @Test
  void argumentsAreScalarsWithOneNameAndOneFallback() {
    record Page(List<Review> reviews) {}
    var composite = Composite.named(
        "Page",
        String.class,
        id -> object(Page.class).withArguments(Page::reviews, arguments -> {
          arguments.argument("a", Integer.class).value();
          arguments.argument("b", Integer.class).byDefault(1).optional();
          arguments.argument("b", String.class).byDefault("abc").between(1, 2).value();
          arguments.argument("c", Boolean.class).byDefault(true).between(0, 1).value();
          arguments.argument("d", Integer.class).between(5, 1).optional();
          arguments.argument("e", Line.class).optional();
          arguments.argument("f g", Integer.class).optional();
          return Shop.REVIEWS.call(id);
        }));

    assertThat(messages(composite))
        .containsExactly(
            "Page: the argument a of Page.reviews has no default (expected: a default with .byDefault(…), or .optional() in"
                + " place of .value()).",
            "Page: the argument b of Page.reviews is optional and has the default 1 (expected: one of the two: .value() where"
                + " there is a default).",
            "Page: the argument b of Page.reviews is declared twice (expected: one declaration per name; keep it in a"
                + " variable to use it twice).",
            "Page: the argument b of Page.reviews has the default abc (expected: a default between 1 and 2).",
            "Page: the argument c of Page.reviews has a range and is of the type Boolean (expected: a range for numbers and"
                + " texts only).",
            "Page: the argument d of Page.reviews is between 5 and 1 (expected: a least value that is not above the"
                + " greatest).",
            "Page: the argument e of Page.reviews is of the type Line (expected: a scalar or an enum).",
            "Page: the argument f g of Page.reviews is called \"f g\" (expected: a letter or '_', then letters, digits and"
                + " '_', such as first).");
  }

  // doors

  @Test
  void aBffIsCheckedAsAWhole() {
    var page = Composite.named("Page", String.class, Shop.CART::call);
    var bff = Bff.named("Shop Web")
        .open(ADoor.opening("GET /a", page, null))
        .open(ADoor.opening(
            "GET /b", Composite.named("Page", String.class, Shop.PRODUCT::call), anyone()));

    assertThatThrownBy(bff::check)
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("BFF Shop Web has 3 mistakes:")
        .hasMessageContaining("GH-131")
        .hasMessageContaining("GH-140")
        .hasMessageContaining("GH-142");
  }

  @Test
  void listsOfCompositesAreGoneThroughToo() {
    Composite<String, List<Review>> reviews =
        Composite.named("Reviews", String.class, Shop.REVIEWS::call);
    var texts = Composite.named(
        "Texts",
        String.class,
        id -> list(reviews.call(id).within(ofMillis(50))).each(review -> review.get(Review::text)));
    assertThat(texts.findings()).isEmpty();
  }
}
