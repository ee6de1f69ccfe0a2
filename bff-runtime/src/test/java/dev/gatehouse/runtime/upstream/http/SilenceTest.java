package dev.gatehouse.runtime.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.upstream.http.Silence.Verdict;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private final Silence silence = new Silence(1_000);

  @Test
  void aSignOfLifeIsAskedForOnceAndWithoutOneTheOtherSideIsLost() {
    silence.broken(50);

    assertThat(silence.nextLook()).isEqualTo(550);
    assertThat(silence.verdict(549)).isEqualTo(Verdict.WAIT);
    assertThat(silence.verdict(550)).isEqualTo(Verdict.ASK);
    assertThat(silence.nextLook()).isEqualTo(1_050);
    assertThat(silence.verdict(1_049)).isEqualTo(Verdict.WAIT);
    assertThat(silence.verdict(1_050)).isEqualTo(Verdict.LOST);
  }

  @Test
  void whateverIsHeardBeginsItAnew() {
    silence.broken(0);
    assertThat(silence.verdict(999)).isEqualTo(Verdict.ASK);

    silence.broken(999);

    assertThat(silence.verdict(1_000)).isEqualTo(Verdict.WAIT);
    assertThat(silence.nextLook()).isEqualTo(1_499);
    assertThat(silence.verdict(1_499)).isEqualTo(Verdict.ASK);
    assertThat(silence.verdict(1_999)).isEqualTo(Verdict.LOST);
  }

  @Test
  void anyTimeMayBeTheFirst() {
    silence.broken(Long.MAX_VALUE - 10);

    assertThat(silence.verdict(Long.MIN_VALUE + 100)).isEqualTo(Verdict.WAIT);
    assertThat(silence.verdict(Long.MIN_VALUE + 1_000)).isEqualTo(Verdict.LOST);
  }
}
