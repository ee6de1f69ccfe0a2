package dev.gatehouse.rest.internal.fields;

import static dev.gatehouse.rest.Types.DECIMAL;
import static dev.gatehouse.rest.Types.INT;
import static dev.gatehouse.rest.Types.STRING;
import static dev.gatehouse.rest.Types.list;
import static dev.gatehouse.rest.Types.nullable;
import static dev.gatehouse.rest.Types.record;
import static dev.gatehouse.rest.Types.required;
import static dev.gatehouse.rest.Types.union;
import static dev.gatehouse.runtime.plan.Selection.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.rest.Types.RecordFixture;
import dev.gatehouse.rest.Types.UnionFixture;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.plan.Selection.Argument;
import dev.gatehouse.runtime.plan.Selection.Field;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldsResolverTest {
  private static final RecordFixture PRICE =
      record("Price", required("amount", DECIMAL), required("currency", STRING));
  private static final RecordFixture USER =
      record("User", required("name", STRING), nullable("posts", list(STRING)));
  private static final RecordFixture REVIEW =
      record("Review", required("rating", INT), nullable("author", USER));
  private static final RecordFixture PAGE = record(
      "Page",
      required("name", STRING),
      required("price", PRICE),
      required("reviews", list(REVIEW)));

  private static final ArgumentSpec FIRST = argument(PAGE, "reviews", "first");
  private static final ArgumentSpec LATEST = argument(USER, "posts", "latest");

  @Test
  void resolvesNestedFieldsThroughLists() throws Exception {
    ResolvedFields resolved =
        resolver(PAGE).resolve("price(amount),reviews(author(name),rating),name");

    assertThat(resolved.selection())
        .isEqualTo(Selection.of(
            field("price", Selection.of(field("amount"))),
            field(
                "reviews",
                Selection.of(field("author", Selection.of(field("name"))), field("rating"))),
            field("name")));
    assertThat(resolved.arguments()).isEmpty();
  }

  @Test
  void aListAtTheTopIsSelectedFromAsItsElement() throws Exception {
    assertThat(resolver(list(PRICE)).resolve("currency").selection())
        .isEqualTo(Selection.of(field("currency")));
  }

  @Test
  void allUnknownFieldsAreToldAtOnceWithTheKnownOnes() {
    assertThatThrownBy(() ->
            resolver(PAGE).resolve("nam,price(amnt,currency),reviews(author(nick)),name(first)"))
        .isInstanceOfSatisfying(
            UnknownFieldsException.class,
            e -> assertThat(e.problems())
                .containsExactly(
                    "nam is unknown (known: name, price, reviews)",
                    "price.amnt is unknown (known: amount, currency)",
                    "reviews.author.nick is unknown (known: name, posts)",
                    "name is of type String (expected: no fields of it, it comes as a whole)"));
  }

  @Test
  void theWholeIsNoSelectionWhereNoFieldTakesArguments() {
    assertThat(resolver(PAGE).whole()).isEqualTo(new ResolvedFields(null, List.of()));
  }

  @Test
  void theWholeNamesTheFieldsThatTakeArguments() {
    ResolvedFields whole = resolver(PAGE, FIRST, LATEST).whole();

    assertThat(whole.arguments())
        .containsExactly(
            new ArgumentSlot("reviews.first", 0, FIRST),
            new ArgumentSlot("reviews.author.posts.latest", 1, LATEST));
    Field posts = new Field("posts", "posts", List.of(new Argument("latest", 1)), null, null);
    Field author = field("author", Selection.of(field("name"), posts));
    Field reviews = new Field(
        "reviews",
        "reviews",
        List.of(new Argument("first", 0)),
        Selection.of(field("rating"), author),
        null);
    assertThat(whole.selection()).isEqualTo(Selection.of(field("name"), field("price"), reviews));
  }

  @Test
  void onlySelectedFieldsTakeArguments() throws Exception {
    FieldsResolver resolver = resolver(PAGE, FIRST, LATEST);

    assertThat(resolver.resolve("name,price").arguments()).isEmpty();
    assertThat(resolver.resolve("reviews(rating)").arguments())
        .extracting(ArgumentSlot::parameter)
        .containsExactly("reviews.first");
    assertThat(resolver.resolve("reviews").arguments())
        .extracting(ArgumentSlot::parameter)
        .containsExactly("reviews.first", "reviews.author.posts.latest");
  }

  @Test
  void aTypeThatHoldsItselfEnds() {
    RecordFixture node = record("Node", required("name", STRING));
    node.add(nullable("next", node)).add(nullable("tags", list(STRING)));

    ResolvedFields whole = resolver(node, argument(node, "tags", "first")).whole();

    assertThat(whole.arguments()).extracting(ArgumentSlot::parameter).containsExactly("tags.first");
  }

  @Test
  void aUnionGivesTheFieldsOfEveryCaseByName() throws Exception {
    RecordFixture book =
        record("Book", required("title", STRING), required("pages", INT), required("by", USER));
    RecordFixture film = record("Film", required("title", STRING), required("by", PRICE));
    UnionFixture item = union("Item", book, film);

    assertThat(resolver(list(item)).resolve("type,title,pages,by").selection())
        .isEqualTo(Selection.of(
            field("type"),
            field("title"),
            field("pages"),
            new Field("by", "by", List.of(), null, Set.of("Book")),
            new Field("by", "by", List.of(), null, Set.of("Film"))));
    assertThatThrownBy(() -> resolver(item).resolve("isbn"))
        .hasMessage("isbn is unknown (known: type, title, pages, by)");
  }

  private static FieldsResolver resolver(DataType output, ArgumentSpec... specs) {
    return new FieldsResolver(output, ArgumentIndex.of(List.of(specs)));
  }

  private static ArgumentSpec argument(RecordFixture owner, String field, String name) {
    return new ArgumentSpec(owner, owner.field(field), name, INT, null, 1L, 50L, null);
  }
}
