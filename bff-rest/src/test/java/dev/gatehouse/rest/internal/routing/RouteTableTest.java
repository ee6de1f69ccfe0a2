package dev.gatehouse.rest.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final RouteTable<String> table = new RouteTable<>();

  @Test
  void literalsWinOverVariables() {
    add("/carts/{id}", "/carts/new");

    assertThat(found("/carts/new")).isEqualTo("/carts/new");
    assertThat(found("/carts/7")).isEqualTo("/carts/{id}(7)");
  }

  @Test
  void aVariableIsTriedWhereALiteralLeadsNowhere() {
    add("/a/b/c", "/a/{x}/d", "/{x}/{y}/{z}");

    assertThat(found("/a/b/c")).isEqualTo("/a/b/c");
    assertThat(found("/a/b/d")).isEqualTo("/a/{x}/d(b)");
    assertThat(found("/a/b/e")).isEqualTo("/{x}/{y}/{z}(a, b, e)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/carts",
        "/carts/",
        "/carts//",
        "//carts/7",
        "/carts/7/",
        "/cartsx/7",
        "/Carts/7",
        "carts/7",
        "",
        "*"
      })
  void findsNothingElsewhere(String path) {
    add("/carts/{id}");

    assertThat(table.match(path)).isNull();
  }

  @Test
  void theRootIsAPath() {
    add("/");

    assertThat(found("/")).isEqualTo("/");
    assertThat(table.match("/x")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb, a/b",
    "%E2%82%AC, €",
    "%F0%9F%98%80, 😀",
    "a%20b, a b",
    "50%25, 50%",
    "a+b, a+b",
    "..., ...",
    "a%5Cb, a\\b",
    "..%2Fadmin, ../admin",
    "%7Eme, ~me",
    "x;v=1, x;v=1"
  })
  void variablesAreDecodedAndNeverChangeTheRoute(String segment, String value) {
    add("/carts/{id}", "/carts/{id}/lines");

    assertThat(found("/carts/" + segment)).isEqualTo("/carts/{id}(" + value + ")");
    assertThat(found("/carts/" + segment + "/lines")).isEqualTo("/carts/{id}/lines(" + value + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "..",
        "%2e",
        "%2E%2e",
        ".%2E",
        "%",
        "%2",
        "%zz",
        "%C3",
        "%FF",
        "%ED%A0%80",
        "%C0%AF",
        "%00",
        "a%0Ab",
        "%252F",
        "%25%32%46",
        "a b",
        "a\\b",
        "é",
        "a|b",
        "a%2",
        "%u0041",
        "\"",
        "<"
      })
  void malformedSegmentsAreToldApartFromUnknownOnes(String segment) {
    add("/carts/{id}");

    Match<String> match = table.match("/carts/" + segment);

    assertThat(match).isNotNull();
    assertThat(match.resource()).isNull();
  }

  @Test
  void anEncodedLiteralIsTheSameLiteral() {
    add("/product-pages/{id}", "/caf%C3%A9");

    assertThat(found("/product%2Dpages/1")).isEqualTo("/product-pages/{id}(1)");
    assertThat(found("/%70roduct-pages/1")).isEqualTo("/product-pages/{id}(1)");
    assertThat(found("/caf%c3%a9")).isEqualTo("/caf%C3%A9");
    assertThat(table.match("/product-pages%2F1")).isNull();
  }

  @Test
  void manyLiteralsAreAllFound() {
    for (int i = 0; i < 500; i++) {
      add("/api/r" + i + "/{id}");
    }

    for (int i = 0; i < 500; i++) {
      assertThat(found("/api/r" + i + "/x")).isEqualTo("/api/r" + i + "/{id}(x)");
    }
    assertThat(table.match("/api/r500/x")).isNull();
  }

  @Test
  void eachMethodHasItsRouteAndHeadIsServedByGet() {
    table.add(HttpMethod.GET, PathTemplate.parse("/carts/{id}"), "get");
    table.add(HttpMethod.DELETE, PathTemplate.parse("/carts/{cart}"), "delete");

    Match<String> match = table.match("/carts/1");
    assertThat(match).isNotNull();
    Resource<String> resource = match.resource();
    assertThat(resource).isNotNull();
    assertThat(resource.route(HttpMethod.GET)).isEqualTo("get");
    assertThat(resource.route(HttpMethod.HEAD)).isEqualTo("get");
    assertThat(resource.route(HttpMethod.DELETE)).isEqualTo("delete");
    assertThat(resource.route(HttpMethod.valueOf("DELETE"))).isEqualTo("delete");
    assertThat(resource.route(HttpMethod.PUT)).isNull();
    assertThat(resource.allow()).isEqualTo("GET, HEAD, DELETE, OPTIONS");
  }

  @Test
  void twoRoutesOfOneShapeAndMethodAreRefused() {
    add("/carts/{id}");

    assertThatIllegalArgumentException().isThrownBy(() -> add("/carts/{other}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "carts | begins with a slash; write \"/carts\"",
        "/carts/ | an empty segment",
        "/carts//x | an empty segment",
        "/carts/{id}.json | a variable fills a whole segment",
        "/carts/{} | the name of an input component",
        "/carts/{a/b} | a variable fills a whole segment",
        "/{id}/x/{id} | {id} stands twice",
        "/carts?page={page} | write \"/carts\"",
        "/a/../b | no dot segment",
        "/a b | percent-encoded"
      })
  void aTemplateThatIsNoneSaysWhy(String template, String message) {
    assertThatThrownBy(() -> PathTemplate.parse(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("\"" + template + "\"");
  }

  private void add(String... templates) {
    for (String template : templates) {
      table.add(HttpMethod.GET, PathTemplate.parse(template), template);
    }
  }

  private @Nullable String found(String path) {
    Match<String> match = table.match(path);
    if (match == null || match.resource() == null) {
      return null;
    }
    String template = match.resource().route(HttpMethod.GET);
    if (template == null) {
      return null;
    }
    int variables = PathTemplate.parse(template).variables().size();
    return variables == 0
        ? template
        : template + "("
            + String.join(", ", java.util.Arrays.asList(match.variables()).subList(0, variables))
            + ")";
  }
}
