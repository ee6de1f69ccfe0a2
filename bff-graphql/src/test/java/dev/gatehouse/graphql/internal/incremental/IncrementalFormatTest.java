package dev.gatehouse.graphql.internal.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who names a form gets it, who names none the one that most clients parse, and who names another none. */
class IncrementalFormatTest {

  @Test
  void aClientGetsTheFormThatItNames() {
    assertThat(IncrementalFormat.of("multipart/mixed;incrementalSpec=v0.2, application/json"))
        .isEqualTo(IncrementalFormat.V0_2);
    assertThat(IncrementalFormat.of("application/json, multipart/mixed; incrementalSpec=\"v0.2\""))
        .isEqualTo(IncrementalFormat.V0_2);
    assertThat(IncrementalFormat.of("Multipart/Mixed; IncrementalSpec=v0.2, application/json"))
        .isEqualTo(IncrementalFormat.V0_2);
    assertThat(IncrementalFormat.of("multipart/mixed; deferSpec=20220824"))
        .isEqualTo(IncrementalFormat.V20220824);
    assertThat(IncrementalFormat.of(
            "multipart/mixed;deferSpec=20220824;q=0.5, application/json;q=0.5"))
        .isEqualTo(IncrementalFormat.V20220824);
    assertThat(IncrementalFormat.of(
            "multipart/mixed;deferSpec=20220824, multipart/mixed;incrementalSpec=v0.2"))
        .isEqualTo(IncrementalFormat.V0_2);
    assertThat(
            IncrementalFormat.of(
                "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"))
        .isEqualTo(IncrementalFormat.V20220824);
  }

  @Test
  void ofTwoFormsTheOneThatIsWantedMoreCounts() {
    assertThat(IncrementalFormat.of(
            "multipart/mixed;incrementalSpec=v0.2;q=0.4, multipart/mixed;deferSpec=20220824;q=0.9"))
        .isEqualTo(IncrementalFormat.V20220824);
    assertThat(IncrementalFormat.of(
            "multipart/mixed;deferSpec=20220824;q=0.4, multipart/mixed;incrementalSpec=v0.2;q=0.9"))
        .isEqualTo(IncrementalFormat.V0_2);
    assertThat(IncrementalFormat.of(
            "multipart/mixed;incrementalSpec=v0.2;q=0, multipart/mixed;deferSpec=20220824;q=0.1"))
        .isEqualTo(IncrementalFormat.V20220824);
  }

  @Test
  void aClientThatTakesNoFormThatThereIsGetsTheWhole() {
    for (String accept : new String[] {
      "application/json",
      "*/*",
      "multipart/*",
      "multipart/mixed;q=0",
      "multipart/mixed;incrementalSpec=v0.3",
      "multipart/mixed;deferSpec=20200101",
      "multipart/mixed;subscriptionSpec=1.0, application/json",
      "multipart/mixed;q=0.5, application/json",
      "multipart/mixed;deferSpec=20220824;q=0.8, application/graphql-response+json;q=0.9",
      "multipart/mixed;q=0.5, */*"
    }) {
      assertThat(IncrementalFormat.of(accept)).as(accept).isNull();
    }
    assertThat(IncrementalFormat.of(null)).isNull();
  }
}
