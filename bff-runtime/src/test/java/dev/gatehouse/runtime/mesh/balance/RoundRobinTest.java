package dev.gatehouse.runtime.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

  @Test
  void eachIsTakenInTurnHoweverManyThereAre() {
    RoundRobin turns = new RoundRobin();

    assertThat(IntStream.of(2, 2, 2, 1, 1, 2).map(turns::select)).containsExactly(0, 1, 0, 0, 0, 1);
  }
}
