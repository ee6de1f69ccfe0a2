package dev.gatehouse.runtime.mesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoringRulesTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  /** {@code @+60} is the date so many seconds from now. */
  private static String[] headers(String text) {
    List<String> all = new ArrayList<>();
    for (String line : text.split(";")) {
      if (!line.isBlank()) {
        String[] parts = line.split(":", 2);
        String value = parts[1].strip();
        all.add(parts[0].strip());
        all.add(
            value.startsWith("@")
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.ofEpochMilli(NOW)
                    .plusSeconds(Integer.parseInt(value.substring(1)))
                    .atOffset(ZoneOffset.UTC))
                : value);
      }
    }
    return all.toArray(new String[0]);
  }

  private static UpstreamRequest request(String... headers) {
    List<Header> all = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(new Header(headers[i], headers[i + 1]));
    }
    return new UpstreamRequest(
        LayerLoop.operation(Safety.SAFE, false), HttpMethod.GET, "/things", all, null, 0);
  }

  private static StoredAnswer store(int status, String headers, boolean forErrors) {
    UpstreamResponse response = LayerLoop.response(status, headers(headers));
    return StoringRules.store(request(), response, forErrors, NOW, NOW);
  }

  @ParameterizedTest(name = "{0} {1}: fresh for {2} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | Cache-Control: max-age=60 | 60",
        "200 | cache-control: MAX-AGE=60 | 60",
        "200 | Cache-Control: max-age=\"60\" | 60",
        "200 | Cache-Control: public, max-age=60, s-maxage=30 | 30",
        "200 | Cache-Control: max-age=10, s-maxage=90 | 90",
        "200 | Cache-Control: s-maxage=0, max-age=60; ETag: \"a\" | 0",
        "200 | Cache-Control: max-age=60; Age: 20 | 40",
        "200 | Cache-Control: max-age=60; Age: 100; ETag: \"a\" | -40",
        "200 | Cache-Control: max-age=60; Date: @-20 | 40",
        "200 | Cache-Control: max-age=60; Date: @+20 | 60",
        "200 | Cache-Control: max-age=60; Date: @-20; Age: 30 | 30",
        "200 | Cache-Control: max-age=60; Age: nonsense | 60",
        "200 | Expires: @+60 | 60",
        "200 | Expires: @+60; Date: @+10 | 50",
        "200 | Expires: @+600; Cache-Control: max-age=60 | 60",
        "200 | Expires: 0; ETag: \"a\" | 0",
        "200 | Cache-Control: no-cache, max-age=60; ETag: \"a\" | 0",
        "200 | Cache-Control: no-cache; Last-Modified: @-500 | 0",
        "200 | Cache-Control: max-age=nonsense; ETag: \"a\" | 0",
        "200 | Cache-Control: max-age=60, max-age=10 | 10",
        "200 | Cache-Control: x=\"a, no-store\", max-age=60 | 60",
        "200 | Cache-Control: max-age=99999999999 | 2147483648",
        "200 | Cache-Control: max-age=60; Vary: accept, x-tenant | 60",
        "404 | Cache-Control: max-age=60 | 60",
        "410 | Cache-Control: max-age=60 | 60"
      })
  void whatMayBeKeptIsFreshAsLongAsTheServiceSays(int status, String headers, long seconds) {
    StoredAnswer stored = store(status, headers, false);
    assertThat(stored).isNotNull();
    assertThat((stored.datedMillis() + stored.freshSeconds() * 1000 - NOW) / 1000)
        .isEqualTo(seconds);
    assertThat(stored.isFresh(NOW)).isEqualTo(seconds > 0);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | X: no freshness",
        "200 | Last-Modified: @-86400",
        "200 | ETag: \"a\"",
        "200 | Cache-Control: no-store, max-age=60",
        "200 | Cache-Control: private, max-age=60",
        "200 | Cache-Control: private=\"set-cookie\", max-age=60",
        "200 | Cache-Control: max-age=0",
        "200 | Cache-Control: no-cache",
        "200 | Cache-Control: max-age=60; Vary: *",
        "200 | Cache-Control: max-age=60; Vary: accept, traceparent",
        "200 | Expires: @-60",
        "200 | Expires: nonsense",
        "201 | Cache-Control: max-age=60",
        "206 | Cache-Control: max-age=60",
        "302 | Cache-Control: max-age=60",
        "404 | X: no freshness",
        "500 | Cache-Control: max-age=60",
        "503 | Cache-Control: max-age=60"
      })
  void otherAnswersAreNotKept(int status, String headers) {
    assertThat(store(status, headers, false)).isNull();
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control: max-age=60 | 300 | 300",
        "Cache-Control: max-age=60, stale-if-error=30 | 300 | 30",
        "Cache-Control: max-age=60, stale-if-error=0 | 300 | 0",
        "Cache-Control: max-age=60, stale-if-error=30 | 0 | 30",
        "Cache-Control: max-age=60, must-revalidate | 300 | 0",
        "Cache-Control: max-age=60, proxy-revalidate, stale-if-error=30 | 300 | 0",
        "Cache-Control: s-maxage=60 | 300 | 0",
        "Cache-Control: max-age=60 | 0 | 0"
      })
  void staleAnswersStandInAsLongAsTheServiceOrElseThePolicySays(
      String headers, long policy, long seconds) {
    StoredAnswer stored = store(200, headers, true);
    long end = NOW + 60_000 + seconds * 1000;
    assertThat(stored.isUsableOnError(end, policy)).isFalse();
    if (seconds > 0) {
      assertThat(stored.isUsableOnError(end - 1, policy)).isTrue();
    }
  }

  @Test
  void whatHasNoFreshnessIsKeptWhereItMayStandIn() {
    assertThat(store(200, "X: y", true)).isNotNull();
    assertThat(store(200, "X: y", true).isFresh(NOW)).isFalse();
    assertThat(store(200, "Cache-Control: no-store", true)).isNull();
    assertThat(store(404, "X: y", true)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60 | false",
        "max-age=60, public | true",
        "s-maxage=60 | true",
        "max-age=60, must-revalidate | true"
      })
  void anAnswerToAnAuthorizedCallIsKeptOnlyWhereTheServiceSaysSo(String control, boolean kept) {
    UpstreamResponse response = LayerLoop.response(200, "Cache-Control", control);
    assertThat(StoringRules.store(request("authorization", "Bearer x"), response, false, NOW, NOW)
            != null)
        .isEqualTo(kept);
  }

  @Test
  void theTimeACallTookCounts() {
    UpstreamResponse response = LayerLoop.response(200, "Cache-Control", "max-age=60", "Age", "5");
    StoredAnswer stored = StoringRules.store(request(), response, false, NOW - 10_000, NOW);
    assertThat(stored.ageSeconds(NOW)).isEqualTo(15);
    assertThat(stored.response(NOW + 3000).headers().get("age")).isEqualTo("18");
  }

  @Test
  void headersOfOneConnectionAreNotKept() {
    StoredAnswer stored = store(
        200,
        "Cache-Control: max-age=60; Connection: x-hop, close; X-Hop: 1; Keep-Alive: timeout=5; X-Kept: 1",
        false);
    assertThat(stored.headers().names()).containsExactlyInAnyOrder("Cache-Control", "X-Kept");
  }

  @Test
  void callsThatAreConditionalThemselvesAreLeftAlone() {
    assertThat(StoringRules.covers(request())).isTrue();
    for (String name : List.of("range", "if-none-match", "if-modified-since", "pragma")) {
      assertThat(StoringRules.covers(request(name, "x"))).as(name).isFalse();
    }
    assertThat(StoringRules.covers(request("cache-control", "no-cache"))).isFalse();
  }
}
