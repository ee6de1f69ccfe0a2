package dev.gatehouse.runtime.door.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRangeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "*/*",
        "",
        "application/*",
        "APPLICATION/JSON",
        "application/json;charset=iso-8859-1",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/json;q=0.1",
        "*/*;q=0, application/json",
        "application/*;q=0, application/json; q=0.001",
        "a/b;x=\"c,d\", application/json"
      })
  void letsJsonPass(String accept) {
    assertThat(MediaRange.accepts(accept, "application/json")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/xml",
        "application/json;q=0",
        "*/*;q=0",
        "*/*, application/json;q=0",
        "application/*;q=0, */*",
        "application/vnd.api+json",
        "a/b;x=\", application/json\"",
        "application/jsonp"
      })
  void keepsJsonFromThoseWhoDoNotWantIt(String accept) {
    assertThat(MediaRange.accepts(accept, "application/json")).isFalse();
  }

  @Test
  void everythingPassesWithoutTheHeader() {
    assertThat(MediaRange.accepts(null, "application/json")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "application/json; profile=x"
      })
  void knowsJson(String contentType) {
    assertThat(MediaRange.isJson(contentType)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/json",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "application/merge-patch+json",
        "text/plain; application/json"
      })
  void knowsWhatIsNotJson(String contentType) {
    assertThat(MediaRange.isJson(contentType)).isFalse();
    assertThat(MediaRange.isJson(null)).isFalse();
  }
}
