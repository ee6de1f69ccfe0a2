package dev.gatehouse.usage;

import static dev.gatehouse.dsl.Verbs.caller;
import static dev.gatehouse.dsl.Verbs.combine;
import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.constantOf;
import static dev.gatehouse.dsl.Verbs.is;
import static dev.gatehouse.dsl.Verbs.nothing;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.objectOf;
import static dev.gatehouse.dsl.Verbs.oneOf;
import static dev.gatehouse.usage.Shop.only;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Outcome;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.TypeRef;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.CallerFact;
import dev.gatehouse.dsl.graph.Node.CallerNode;
import dev.gatehouse.dsl.graph.Node.ConstantNode;
import dev.gatehouse.dsl.graph.Node.ElementNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.MapNode;
import dev.gatehouse.dsl.graph.Node.OneOfNode;
import dev.gatehouse.dsl.graph.Node.OrElseNode;
import dev.gatehouse.dsl.graph.Node.OutcomeNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.dsl.graph.Scope.Kind;
import dev.gatehouse.usage.Shop.Book;
import dev.gatehouse.usage.Shop.Film;
import dev.gatehouse.usage.Shop.Media;
import dev.gatehouse.usage.Shop.Price;
import dev.gatehouse.usage.Shop.Product;
import dev.gatehouse.usage.Shop.Review;
import dev.gatehouse.usage.Shop.User;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each verb leaves in the graph. */
class VerbsTest {

  record Page(List<Review> reviews) {}

  record Paged<T>(List<T> items, @Nullable String next) {}

  sealed interface Tile permits BookTile, FilmTile {}

  record BookTile(String title) implements Tile {}

  record FilmTile(String title, int minutes) implements Tile {}

  enum Mood {
    GOOD,
    BAD {
      @Override
      public String toString() {
        return "bad";
      }
    }
  }

  @Test
  void orElseIsAConstantOfTheValuesType() {
    var composite = Composite.named(
        "Rating",
        String.class,
        id -> Shop.PRODUCT.call(id).get(Product::note).orElse("no \"note\""));

    assertThat(composite.findings()).isEmpty();
    assertThat(only(composite, OrElseNode.class).alternative()).hasToString("\"no \\\"note\\\"\"");
  }

  @Test
  void orElseGetIsComputedOnlyWhereItIsNeeded() {
    var composite = Composite.named(
        "User", String.class, id -> Shop.ONE_USER.call(id).orElseGet(() -> Shop.USER.call(id)));

    RescueNode rescue = only(composite, RescueNode.class);
    assertThat(rescue.rows().kind()).isEqualTo(Kind.RESCUE);
    assertThat(rescue.rows().over()).isSameAs(rescue.main());
    assertThat(rescue.body().scope()).isSameAs(rescue.rows());
  }

  @Test
  void anOutcomeIsTheValueOrTheClassOfItsFailure() {
    Composite<String, Outcome<User>> composite =
        Composite.named("User", String.class, id -> Shop.ONE_USER.call(id).outcome());

    assertThat(composite.findings()).isEmpty();
    assertThat(only(composite, OutcomeNode.class).type().name()).isEqualTo("OutcomeOfUser");
  }

  @Test
  void aUnionIsMadeCaseByCase() {
    Composite<String, Tile> composite = Composite.named(
        "Tile",
        String.class,
        id -> oneOf(
            Tile.class,
            Shop.MEDIA.call(id),
            is(Film.class, film -> object(FilmTile.class).from(film)),
            is(Book.class, book -> object(BookTile.class).from(book))));

    assertThat(composite.findings()).isEmpty();
    OneOfNode oneOf = only(composite, OneOfNode.class);
    assertThat(oneOf.type()).isInstanceOf(UnionType.class);
    assertThat(oneOf.branches())
        .extracting(branch -> branch.rows().tag() + " to " + branch.tag())
        .containsExactly("Film to FilmTile", "Book to BookTile");
    assertThat(oneOf.branches()).allMatch(branch -> branch.rows().kind() == Kind.CASE);
    assertThat(Shop.nodes(composite.graph(), ElementNode.class))
        .extracting(element -> element.type().name())
        .containsExactly("Film", "Book");
  }

  @Test
  void whatAllCasesOfAUnionHaveCanBeRead() {
    var composite =
        Composite.named("Title", String.class, id -> Shop.MEDIA.call(id).get(Media::title));

    assertThat(composite.findings()).isEmpty();
    assertThat(only(composite, FieldNode.class).component().name()).isEqualTo("title");
  }

  @Test
  void argumentsBelongToTheFieldThatTakesThem() {
    var composite = Composite.named(
        "Page",
        String.class,
        id -> object(Page.class)
            .withArguments(
                Page::reviews,
                arguments -> Shop.REVIEWS
                    .call(id)
                    .first(arguments
                        .argument("first", Integer.class)
                        .byDefault(10)
                        .between(1, 50)
                        .describedAs("How many.")
                        .value())));

    assertThat(composite.findings()).isEmpty();
    ArgumentSpec spec = only(composite, ArgumentNode.class).spec();
    assertThat(spec.owner().name()).isEqualTo("Page");
    assertThat(spec.field().name()).isEqualTo("reviews");
    assertThat(spec.byDefault()).hasToString("10");
    assertThat(spec.min()).isEqualTo(1);
    assertThat(spec.max()).isEqualTo(50);
    assertThat(spec.description()).isEqualTo("How many.");
    assertThat(only(composite, LimitNode.class).count()).isInstanceOf(ArgumentNode.class);
  }

  @Test
  void argumentsWithARangeBoundTheList() {
    record Texts(List<String> texts) {}
    var composite = Composite.named(
        "Texts",
        String.class,
        id -> object(Texts.class)
            .withArguments(
                Texts::texts,
                arguments -> Shop.REVIEWS
                    .call(id)
                    .first(arguments
                        .argument("first", Integer.class)
                        .byDefault(3)
                        .between(1, 5)
                        .value())
                    .each(review -> review.get(Review::text))));

    assertThat(composite.graph().scopes())
        .extracting(scope -> scope.atMost())
        .containsExactly(1, 5);
  }

  @Test
  void aCountThatIsKnownBoundsTheList() {
    record Texts(List<String> texts) {}
    var composite = Composite.named(
        "Texts",
        String.class,
        id -> object(Texts.class)
            .with(
                Texts::texts,
                Shop.REVIEWS.call(id).first(constant(2)).each(review -> review.get(Review::text))));

    assertThat(composite.graph().scopes())
        .extracting(scope -> scope.atMost())
        .containsExactly(1, 2);
  }

  @Test
  void genericRecordsArePutTogetherFromTheirTypeRef() {
    var composite = Composite.named(
        "Reviews",
        String.class,
        id -> objectOf(new TypeRef<Paged<Review>>() {})
            .with(Paged::items, Shop.REVIEWS.call(id))
            .with(Paged::next, constant("2").orNull()));

    assertThat(composite.findings()).isEmpty();
    assertThat(composite.graph().result().type().name()).isEqualTo("PagedOfReview");
  }

  @Test
  void genericAnswersAreRead() {
    Operation<String, Paged<Review>> paged =
        Service.named("reviews").get("/paged/{id}").returnsType(new TypeRef<Paged<Review>>() {});
    var composite = Composite.named(
        "Texts",
        String.class,
        id ->
            paged.call(id).items(Paged::items).atMost(7).each(review -> review.get(Review::text)));

    assertThat(composite.findings()).isEmpty();
    assertThat(composite.graph().result().type().name()).isEqualTo("[String]");
  }

  @Test
  void theCallerIsAskedFor() {
    record Me(String subject, String locale, Integer level) {}
    var composite = Composite.withoutInput(
        "Me",
        () -> object(Me.class)
            .with(Me::subject, caller().subject())
            .with(Me::locale, caller().locale())
            .with(Me::level, caller().claim("level", Integer.class)));

    assertThat(composite.findings()).isEmpty();
    assertThat(composite.graph().input()).isNull();
    assertThat(Shop.nodes(composite.graph(), CallerNode.class))
        .extracting(CallerNode::fact)
        .containsExactly(CallerFact.SUBJECT, CallerFact.LOCALE, CallerFact.CLAIM);
  }

  @Test
  void constantsAreJson() {
    assertThat(json(Composite.withoutInput("C", () -> constant(new Book("a", 1)))))
        .isEqualTo("{\"title\":\"a\",\"pages\":1}");
    assertThat(json(Composite.withoutInput("C", () -> constant(Mood.BAD)))).isEqualTo("\"BAD\"");
    assertThat(json(Composite.withoutInput(
            "C", () -> constantOf(new TypeRef<List<Media>>() {}, List.of(new Film("f", 90))))))
        .isEqualTo("[{\"type\":\"Film\",\"title\":\"f\",\"minutes\":90}]");
  }

  private static String json(Composite<Nothing, ?> composite) {
    assertThat(composite.findings()).isEmpty();
    return only(composite, ConstantNode.class).json().toString();
  }

  @Test
  void twoValuesAreCombined() throws Exception {
    var composite = Composite.named(
        "Label",
        String.class,
        id -> combine(
            String.class,
            Shop.PRODUCT.call(id).get(Product::name),
            Shop.PRICE.call(id).get(Price::cents),
            (name, cents) -> name + ": " + cents));

    MapNode map = only(composite, MapNode.class);
    assertThat(map.description()).isEqualTo("a lambda");
    assertThat(map.function().apply(new Object[] {"tea", 250})).isEqualTo("tea: 250");
  }

  @Test
  void anOperationWithoutInputIsCalledWithNothing() {
    Operation<Nothing, Page> home = Service.named("home").get("/home").returns(Page.class);
    var composite = Composite.withoutInput("Home", () -> home.call(nothing()));

    assertThat(composite.findings()).isEmpty();
    assertThat(only(composite, CallNode.class).input()).isNull();
    assertThat(composite.graph().nodes()).hasSize(1);
  }

  @Test
  void operationsAreWrittenInJavaToo() throws Exception {
    Operation<String, Integer> length =
        Operation.blocking("length", String.class, Integer.class, String::length);
    Operation<String, Integer> hash = Operation.inJava(
        "hash",
        String.class,
        Integer.class,
        text -> CompletableFuture.completedFuture(text.hashCode()));
    var composite = Composite.named(
        "Both",
        String.class,
        id -> combine(Integer.class, length.call(id), hash.call(id), Integer::sum));

    assertThat(composite.findings()).isEmpty();
    JavaTarget target = (JavaTarget) length.spec().target();
    assertThat(target.blocking()).isTrue();
    assertThat(target.code().call("four").toCompletableFuture().get()).isEqualTo(4);
  }

  @Test
  void aDeadlineOfAnInnerCompositeIsSharedByItsCalls() {
    record Both(Product product, Price price) {}
    Composite<String, Both> inner = Composite.named(
            "Inner",
            String.class,
            id -> object(Both.class)
                .with(Both::product, Shop.PRODUCT.call(id))
                .with(Both::price, Shop.PRICE.call(id)))
        .within(ofMillis(200));
    record Outer(@Nullable Both usual, @Nullable Both quick) {}
    var composite = Composite.named(
        "Outer",
        String.class,
        id -> object(Outer.class)
            .with(Outer::usual, inner.call(id).orNull())
            .with(Outer::quick, inner.call(id).within(ofMillis(50)).orNull()));

    assertThat(composite.findings()).isEmpty();
    List<CallNode> calls = Shop.calls(composite);
    assertThat(calls)
        .extracting(call -> call.groups().get(0).limit())
        .containsExactly(ofMillis(200), ofMillis(200), ofMillis(50), ofMillis(50));
    assertThat(calls.get(0).groups().get(0)).isSameAs(calls.get(1).groups().get(0));
    assertThat(calls.get(0).groups().get(0).name()).isEqualTo("Inner");
  }

  @Test
  void listsOfWhatMayBeAbsentSaySo() {
    record Authors(List<@Nullable User> authors) {}
    var composite = Composite.named(
        "Authors",
        String.class,
        id -> object(Authors.class)
            .with(
                Authors::authors,
                Shop.REVIEWS
                    .call(id)
                    .each(review -> Shop.USER.call(review.get(Review::authorId)))));

    assertThat(composite.findings()).isEmpty();
    assertThat(Shop.nodes(composite.graph(), dev.gatehouse.dsl.graph.Node.EachNode.class))
        .allMatch(each -> ((ListType) each.type()).elementNullable());
  }
}
