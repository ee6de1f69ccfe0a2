package dev.gatehouse.runtime.door.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.engine.Answer;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.engine.Freshness;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerHeadersTest {

  @Test
  void equalBodiesHaveEqualWeakTags() {
    String tag = EntityTags.of(Buffer.buffer("{\"a\":1}"));

    assertThat(tag).matches("W/\"[0-9a-f]{24}\"");
    assertThat(EntityTags.of(Buffer.buffer("{\"a\":1}"))).isEqualTo(tag);
    assertThat(EntityTags.of(Buffer.buffer("{\"a\":2}"))).isNotEqualTo(tag);
    assertThat(EntityTags.of(Buffer.buffer("x{\"a\":1}").slice(1, 8))).isEqualTo(tag);
  }

  @Test
  void ifNoneMatchComparesWeakly() {
    assertThat(EntityTags.matches(null, "W/\"a\"")).isFalse();
    assertThat(EntityTags.matches("W/\"a\"", "W/\"a\"")).isTrue();
    assertThat(EntityTags.matches("\"a\"", "W/\"a\"")).isTrue();
    assertThat(EntityTags.matches("\"b\" , W/\"a\"", "W/\"a\"")).isTrue();
    assertThat(EntityTags.matches("*", "W/\"a\"")).isTrue();
    assertThat(EntityTags.matches("\"b\", a", "W/\"a\"")).isFalse();
  }

  @Test
  void anAnswerIsNoMoreCacheableThanItsParts() {
    assertThat(cacheControl(new Freshness(true, true, 60), false, false))
        .isEqualTo("public, max-age=60");
    assertThat(cacheControl(new Freshness(true, false, 60), false, false))
        .isEqualTo("private, max-age=60");
    assertThat(cacheControl(new Freshness(true, true, 60), true, false))
        .isEqualTo("private, max-age=60");
    assertThat(cacheControl(new Freshness(true, true, 60), false, true))
        .isEqualTo("private, max-age=60");
    assertThat(cacheControl(Freshness.REVALIDATE, false, false)).isEqualTo("public, no-cache");
    assertThat(cacheControl(Freshness.REVALIDATE, true, false)).isEqualTo("private, no-cache");
    assertThat(cacheControl(Freshness.NO_STORE, false, false)).isEqualTo("no-store");
    assertThat(cacheControl(Freshness.UNLIMITED, false, false))
        .isEqualTo("public, max-age=31536000");
    assertThat(CacheControl.of(
            new Fixed(
                new Freshness(true, true, 60), List.of(loss(FailureClass.TIMED_OUT, "a")), false),
            false))
        .isEqualTo("no-store");
  }

  @Test
  void whatIsDegradedIsAStructuredList() {
    assertThat(DegradedHeader.of(
            List.of(
                loss(FailureClass.TIMED_OUT, "related"),
                loss(FailureClass.UNREACHABLE, "reviews", 3, "author"),
                loss(FailureClass.REJECTED, "stock", 0, "units"),
                loss(FailureClass.REJECTED, "stock", 7, "units"),
                loss(FailureClass.NONSENSE, 2, "a\"é")),
            List.of()))
        .isEqualTo(
            "related;class=timed_out;replaced, reviews.3.author;class=unreachable, stock.units;class=rejected;count=2,"
                + " \"2.a??\";class=nonsense");
  }

  @Test
  void whatIsDegradedIsBoundedInLength() {
    List<Loss> losses = IntStream.range(0, 500)
        .mapToObj(i -> loss(FailureClass.TIMED_OUT, "aRatherLongNameOfAField" + i))
        .toList();

    assertThat(DegradedHeader.of(losses, List.of()))
        .hasSizeLessThan(1_100)
        .matches(".*, \\*;more=4\\d\\d");
  }

  @Test
  void olderAnswersThatStandInAreCounted() {
    CallRecord old = new CallRecord("catalog", "GET /products/{id}", 0, 1, 200, 1, null, true);
    CallRecord good = new CallRecord("catalog", "GET /products/{id}", 0, 1, 200, 1, null);

    assertThat(DegradedHeader.of(List.of(), List.of(good))).isEmpty();
    assertThat(DegradedHeader.of(List.of(), List.of(old, good, old))).isEqualTo("*;stale=2");
    assertThat(
            DegradedHeader.of(List.of(loss(FailureClass.TIMED_OUT, "related")), List.of(good, old)))
        .isEqualTo("*;stale=1, related;class=timed_out;replaced");
  }

  @Test
  void serverTimingHasOneEntryPerCall() {
    assertThat(ServerTiming.of(
            List.of(
                new CallRecord("catalog", "GET /products/{id}", 200_000, 3_100_000, 200, 1, null),
                new CallRecord(
                    "users ä", "GET /users", 3_500_000, 4_000_000, 0, 12, FailureClass.TIMED_OUT)),
            8_200_000))
        .isEqualTo(
            "catalog;dur=3.1;desc=\"0.2+3.1ms 200\", users__;dur=4.0;desc=\"3.5+4.0ms timed_out, 12 keys\","
                + " total;dur=8.2");
  }

  private static String cacheControl(
      Freshness freshness, boolean dataDependsOnCaller, boolean accessDoes) {
    return CacheControl.of(new Fixed(freshness, List.of(), dataDependsOnCaller), accessDoes);
  }

  private static Loss loss(FailureClass failure, Object... path) {
    return new Loss(List.of(path), failure, null, null, "", path[0].equals("related"));
  }

  /** An answer put together by hand. */
  private record Fixed(Freshness freshness, List<Loss> losses, boolean dependsOnCaller)
      implements Answer {
    @Override
    public @Nullable Buffer json() {
      return Buffer.buffer("{}");
    }

    @Override
    public @Nullable FailureClass failure() {
      return null;
    }

    @Override
    public List<CallRecord> calls() {
      return List.of();
    }
  }
}
