package dev.gatehouse.rest.internal.input;

import static dev.gatehouse.rest.Types.BOOLEAN;
import static dev.gatehouse.rest.Types.DECIMAL;
import static dev.gatehouse.rest.Types.INT;
import static dev.gatehouse.rest.Types.STRING;
import static dev.gatehouse.rest.Types.enumeration;
import static dev.gatehouse.rest.Types.list;
import static dev.gatehouse.rest.Types.nullable;
import static dev.gatehouse.rest.Types.record;
import static dev.gatehouse.rest.Types.required;
import static dev.gatehouse.rest.Types.scalar;
import static dev.gatehouse.rest.Types.union;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.rest.Types.RecordFixture;
import dev.gatehouse.rest.internal.routing.PathTemplate;
import dev.gatehouse.runtime.door.Problem.Fault;
import dev.gatehouse.runtime.door.Problem.In;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InputBindingTest {
  record Sku(UUID value) {}

  private static final RecordFixture SEARCH = record(
      "Search",
      required("term", STRING),
      nullable("page", INT),
      required("size", INT),
      required("tags", list(STRING)),
      nullable("max", DECIMAL),
      nullable("sort", enumeration("Sort", "PRICE", "NAME")));
  private static final RecordFixture LINE = record(
      "Line",
      required("cart", STRING),
      required("sku", scalar("Sku", JsonKind.STRING, Sku.class)),
      required("quantity", INT),
      nullable("price", DECIMAL),
      nullable("gift", BOOLEAN));

  private final Faults faults = new Faults();

  @Test
  void aScalarInputIsThePathsVariable() {
    InputBinding binding = get("/products/{id}", STRING);

    assertThat(bind(binding, null, "", "a\"/ €")).isEqualTo("\"a\\\"/ €\"");
    assertThat(bind(get("/pages/{n}", INT), null, "", "42")).isEqualTo("42");
    assertThat(bind(get("/pages/{n}", INT), null, "", "4x")).isNull();
    assertThat(faults.problem().errors())
        .containsExactly(new Fault(
            In.PATH, "n", "\"4x\" (expected: an integer from -2147483648 to 2147483647)"));
  }

  @Test
  void aRecordsComponentsComeFromPathHeaderAndQuery() {
    InputBinding binding = compile(
        new InputSources(
            PathTemplate.parse("/shops/{term}"),
            false,
            Map.of("x-size", "size"),
            Map.of("page", "1".getBytes(UTF_8))),
        SEARCH);

    assertThat(bind(
            binding,
            "tags=a&tags=b%26c&max=1.10&sort=NAME",
            "",
            MultiMap.caseInsensitiveMultiMap().add("X-Size", "10"),
            "tea"))
        .isEqualTo(
            "{\"term\":\"tea\",\"size\":10,\"page\":1,\"tags\":[\"a\",\"b&c\"],\"max\":1.10,\"sort\":\"NAME\"}");
    assertThat(
            bind(binding, null, "", MultiMap.caseInsensitiveMultiMap().add("x-size", "10"), "tea"))
        .isEqualTo("{\"term\":\"tea\",\"size\":10,\"page\":1,\"tags\":[]}");
  }

  @Test
  void everyFaultIsToldAtOnce() {
    bind(
        get("/search", SEARCH),
        "page=x&size=99999999999&max=1e&sort=name&trem=tea&tags=a&page=2&x=%zz",
        "");

    assertThat(faults.problem().errors())
        .containsExactly(
            new Fault(In.QUERY, "x", "\"%zz\" (expected: percent-encoded UTF-8)"),
            new Fault(In.QUERY, "term", "missing (expected: a text)"),
            new Fault(In.QUERY, "page", "given more than once (expected: once)"),
            new Fault(
                In.QUERY,
                "size",
                "\"99999999999\" (expected: an integer from -2147483648 to 2147483647)"),
            new Fault(In.QUERY, "max", "\"1e\" (expected: a number, such as 12.50)"),
            new Fault(In.QUERY, "sort", "\"name\" (expected: one of PRICE, NAME)"),
            new Fault(
                In.QUERY,
                "trem",
                "unknown parameter (did you mean term? known: max, page, size, sort, tags, term)"));
  }

  @Test
  void numbersKeepTheirDigitsAndWideOnesAreTaken() {
    InputBinding binding = post("/carts/{cart}/lines", LINE);
    String body =
        "{\"sku\":\"123e4567-e89b-42d3-a456-426614174000\",\"quantity\" : 3 ,\"price\":1.10e2}";

    assertThat(bind(binding, null, body, "c1"))
        .isEqualTo(
            "{\"cart\":\"c1\",\"sku\":\"123e4567-e89b-42d3-a456-426614174000\",\"quantity\":3,\"price\":1.10e2}");
    assertThat(faults.isEmpty()).isTrue();
  }

  @Test
  void everyFaultOfABodyHasItsPointer() {
    bind(
        post("/carts/{cart}/lines", LINE),
        null,
        "{\"cart\":\"c2\",\"sku\":\"nope\",\"quantity\":1.0,\"price\":\"5\",\"gift\":null,\"a/b~c\":[1,{}]}",
        "c1");

    assertThat(faults.problem().errors())
        .containsExactly(
            new Fault(In.BODY, "/cart", "stands in the body (expected: only in the path)"),
            new Fault(In.BODY, "/sku", "\"nope\" (expected: a UUID (RFC 9562))"),
            new Fault(
                In.BODY,
                "/quantity",
                "the number 1.0 (expected: an integer from -2147483648 to 2147483647)"),
            new Fault(In.BODY, "/price", "the text \"5\" (expected: a number, such as 12.50)"),
            new Fault(In.BODY, "/a~1b~0c", "unknown member (known: sku, quantity, price, gift)"));
  }

  @Test
  void whatIsMissingInABodyIsTold() {
    bind(post("/carts/{cart}/lines", LINE), null, "{\"quantity\":null,\"qantity\":1}", "c1");

    assertThat(faults.problem().errors())
        .containsExactly(
            new Fault(
                In.BODY, "/quantity", "null (expected: an integer from -2147483648 to 2147483647)"),
            new Fault(
                In.BODY,
                "/qantity",
                "unknown member (did you mean quantity? known: sku, quantity, price, gift)"),
            new Fault(In.BODY, "/sku", "missing (expected: a UUID (RFC 9562))"));
  }

  @Test
  void nestedValuesAreCheckedAndCarriedOverAsTheyAre() {
    RecordFixture book = record("Book", required("title", STRING));
    RecordFixture film = record("Film", required("minutes", INT));
    RecordFixture order = record(
        "Order",
        required("items", list(union("Item", book, film))),
        required("notes", new MapType(STRING, false, Map.class)),
        required("extra", new DataType.AnyType(Object.class)),
        required("at", scalar("Instant", JsonKind.STRING, Instant.class)));
    String body = """
        {"items":[{"title":"\\u0041","type":"Book"}, {"type":"Film","minutes":90}],
         "notes":{"a":"b"}, "extra":[1.0, {"x":null}], "at":"2026-01-31T12:00:00Z"}""";

    assertThat(bind(post("/orders", order), null, body))
        .isEqualTo(
            "{\"items\":[{\"title\":\"\\u0041\",\"type\":\"Book\"}, {\"type\":\"Film\",\"minutes\":90}],"
                + "\"notes\":{\"a\":\"b\"},\"extra\":[1.0, {\"x\":null}],\"at\":\"2026-01-31T12:00:00Z\"}");
    assertThat(faults.isEmpty()).isTrue();

    bind(post("/orders", order), null, """
        {"items":[{"title":"x"},{"type":"Game"},{"type":"Film","title":"x"},7,null],
         "notes":{"a/b":1}, "extra":null, "at":"yesterday"}""");
    assertThat(faults.problem().errors())
        .containsExactly(
            new Fault(In.BODY, "/items/0/type", "missing (expected: one of Book, Film)"),
            new Fault(In.BODY, "/items/1/type", "\"Game\" (expected: one of Book, Film)"),
            new Fault(In.BODY, "/items/2/title", "unknown member (known: minutes)"),
            new Fault(
                In.BODY,
                "/items/2/minutes",
                "missing (expected: an integer from -2147483648 to 2147483647)"),
            new Fault(In.BODY, "/items/3", "the number 7 (expected: an object)"),
            new Fault(In.BODY, "/items/4", "null (expected: an object)"),
            new Fault(In.BODY, "/notes/a~1b", "the number 1 (expected: a text)"),
            new Fault(
                In.BODY,
                "/at",
                "\"yesterday\" (expected: a date and time (RFC 3339), such as 2026-01-31T12:00:00Z)"));
  }

  @Test
  void malformedJsonIsToldWithLineAndColumn() {
    assertThat(bodyFault("{\"quantity\": 1,\n \"sku\": }"))
        .startsWith("line 2, column 9: ")
        .endsWith("(expected: JSON)");
    assertThat(bodyFault("{\"quantity\":1,\"quantity\":2}"))
        .contains("Duplicate")
        .startsWith("line 1, column ");
    assertThat(bodyFault("{} {}"))
        .isEqualTo("line 1, column 4: more after the value (expected: one JSON value)");
    assertThat(bodyFault("{\"quantity\":01}")).startsWith("line 1, column ");
    assertThat(bodyFault("{\"quantity\":1")).startsWith("line 1, column ");
    assertThat(bodyFault("[1]")).isEqualTo("an array (expected: an object)");
    assertThat(bodyFault(" \n")).isEqualTo("no body (expected: an object as application/json)");
    assertThat(bodyFault("")).isEqualTo("no body (expected: an object as application/json)");
    assertThat(bodyFault("{\"x\":" + "[".repeat(70) + "]".repeat(70) + "}"))
        .startsWith("JSON nested more than 64 deep");
    assertThat(bodyFault("{\"quantity\":" + "9".repeat(2_000) + "}"))
        .contains("a number of more than 1000 characters");
  }

  @Test
  void bodiesInOtherEncodingsAreRefused() {
    InputBinding binding = post("/carts/{cart}/lines", LINE);

    for (byte[] body : new byte[][] {
      "{\"quantity\":1}".getBytes(UTF_16),
      "{\"sku\":\"é\"}".getBytes(ISO_8859_1),
      {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}
    }) {
      Faults own = new Faults();
      binding.bind(
          new String[] {"c1"},
          QueryString.of(null, own),
          MultiMap.caseInsensitiveMultiMap(),
          body,
          own);
      assertThat(own.problem().errors())
          .containsExactly(
              new Fault(In.BODY, "", "bytes that are no UTF-8 (expected: JSON in UTF-8)"));
    }
  }

  @Test
  void aBodyMayBeTheWholeInput() {
    assertThat(bind(post("/import", list(INT)), null, "[1, 2,3]")).isEqualTo("[1, 2,3]");
    assertThat(bind(post("/echo", STRING), null, "  \"x\"  ")).isEqualTo("\"x\"");
    assertThat(bind(post("/echo", DECIMAL), null, "1.50")).isEqualTo("1.50");
  }

  @Test
  void aBodyThatIsNotExpectedIsRefused() {
    bind(post("/carts/{id}/checkout", STRING), null, "{\"x\":1}", "c1");

    assertThat(faults.problem().errors())
        .containsExactly(new Fault(In.BODY, "", "7 bytes (expected: no body)"));
  }

  @Test
  void whatCannotBeBoundIsFoundWhenTheRouteIsDescribed() {
    RecordFixture order =
        record("Order", required("items", list(LINE)), required("fields", STRING));
    InputBindingCompiler compiler = new InputBindingCompiler(
        order,
        new InputSources(
            PathTemplate.parse("/orders/{id}"),
            false,
            Map.of("x-region", "region", "x-items", "items"),
            Map.of()));
    compiler.compile();

    assertThat(compiler.problems())
        .extracting(BindingProblem::message)
        .containsExactlyInAnyOrder(
            "path variable {id}: no component of Order (expected: one of items, fields)",
            "header for component \"region\": no component of the input (known: items, fields)",
            "component items of type [Line]: bound by the header (expected: a scalar or an enumeration there)",
            "component items of type [Line]: cannot be a query parameter (expected: a scalar, an enumeration or a list of"
                + " these; or POST with a body)",
            "component fields: the query parameter of that name selects the answer's fields (expected: another name)");
  }

  private String bodyFault(String body) {
    Faults own = new Faults();
    post("/carts/{cart}/lines", LINE)
        .bind(
            new String[] {"c1"},
            QueryString.of(null, own),
            MultiMap.caseInsensitiveMultiMap(),
            body.getBytes(UTF_8),
            own);
    Fault last = own.problem().errors().get(own.problem().errors().size() - 1);
    assertThat(last.in()).isEqualTo(In.BODY);
    return last.detail();
  }

  private @Nullable String bind(
      InputBinding binding, @Nullable String query, String body, String... path) {
    return bind(binding, query, body, MultiMap.caseInsensitiveMultiMap(), path);
  }

  private @Nullable String bind(
      InputBinding binding, @Nullable String query, String body, MultiMap headers, String... path) {
    QueryString parameters = QueryString.of(query, faults);
    byte[] input = binding.bind(path, parameters, headers, body.getBytes(UTF_8), faults);
    parameters.refuseUnread(binding.queryNames(), faults);
    return input == null ? null : new String(input, UTF_8);
  }

  private static InputBinding get(String path, DataType input) {
    return compile(new InputSources(PathTemplate.parse(path), false, Map.of(), Map.of()), input);
  }

  private static InputBinding post(String path, DataType input) {
    return compile(new InputSources(PathTemplate.parse(path), true, Map.of(), Map.of()), input);
  }

  private static InputBinding compile(InputSources sources, DataType input) {
    InputBindingCompiler compiler = new InputBindingCompiler(input, sources);
    InputBinding binding = compiler.compile();
    assertThat(compiler.problems()).isEmpty();
    return binding;
  }
}
