package dev.gatehouse.runtime.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.runtime.discovery.ServiceInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChoosersTest {
  private static final int CALLS = 60_000;

  private final Random random = new Random(3);

  private static Map<Instance, Integer> count(Chooser chooser) {
    Map<Instance, Integer> counts = new HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      counts.merge(chooser.choose(0), 1, Integer::sum);
    }
    return counts;
  }

  private static List<Instance> weighted() {
    return List.of(
        ShopInstances.instance(0, 1), ShopInstances.instance(1, 2), ShopInstances.instance(2, 3));
  }

  @Test
  void drawingFollowsWeights() {
    List<Instance> instances = weighted();
    Candidates candidates = new Candidates(instances);

    Map<Instance, Integer> counts = count(now -> candidates.get(candidates.draw(random)));

    for (int i = 0; i < 3; i++) {
      assertThat(counts.get(instances.get(i)) / (double) CALLS)
          .isCloseTo((i + 1) / 6.0, within(0.01));
    }
  }

  @Test
  void turnsFollowWeightsExactlyAndSpreadThemEvenly() {
    List<Instance> instances = weighted();
    Turns turns = new Turns(new Candidates(instances), random);

    List<Instance> order = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      order.add(turns.choose(0));
    }

    assertThat(order).filteredOn(instances.get(2)::equals).hasSizeBetween(299, 301);
    assertThat(order).filteredOn(instances.get(0)::equals).hasSizeBetween(99, 101);
    for (int i = 0; i + 3 < order.size(); i++) {
      assertThat(order.subList(i, i + 4)).as("from " + i).contains(instances.get(2));
    }
  }

  @Test
  void turnsOfEqualsBeginAnywhereAndLeaveNobodyOut() {
    List<Instance> instances = ShopInstances.instances(5);
    Turns turns = new Turns(new Candidates(instances), random);

    assertThat(count(turns).values()).containsOnly(CALLS / 5);
  }

  @Test
  void ofTwoTheLessBusyIsTakenSoThatABusyOneGetsNothing() {
    List<Instance> instances = ShopInstances.instances(4);
    instances.get(1).active = 100;
    TwoChoices choices =
        new TwoChoices(new Candidates(instances), random, TwoChoices.Cost.REQUESTS);

    assertThat(count(choices)).doesNotContainKey(instances.get(1)).hasSize(3);
  }

  @Test
  void oneThatHasNearlyAllTheWeightIsNotPassedOverForItsNeighbour() {
    List<Instance> instances = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      instances.add(ShopInstances.instance(i, i % 50 == 0 ? ServiceInstance.MAX_WEIGHT : 1));
    }
    instances.get(0).active = 1;
    instances.get(50).active = 1;
    TwoChoices choices =
        new TwoChoices(new Candidates(instances), random, TwoChoices.Cost.REQUESTS);

    Map<Instance, Integer> counts = count(choices);
    int heavy = counts.get(instances.get(0)) + counts.get(instances.get(50));

    assertThat(heavy / (double) CALLS).isGreaterThan(0.999);
  }

  @Test
  void callsUnderWayFollowWeights() {
    List<Instance> instances = weighted();
    TwoChoices choices =
        new TwoChoices(new Candidates(instances), random, TwoChoices.Cost.REQUESTS);

    for (int i = 0; i < 600; i++) {
      choices.choose(0).active++;
    }

    for (int i = 0; i < 3; i++) {
      assertThat(instances.get(i).active).isBetween((i + 1) * 100 - 10, (i + 1) * 100 + 10);
    }
  }

  @Test
  void idleInstancesAreChosenAfterTheirWeights() {
    List<Instance> instances = weighted();
    TwoChoices choices =
        new TwoChoices(new Candidates(instances), random, TwoChoices.Cost.REQUESTS);

    Map<Instance, Integer> counts = count(choices);

    for (int i = 0; i < 3; i++) {
      assertThat(counts.get(instances.get(i)) / (double) CALLS)
          .isCloseTo((i + 1) / 6.0, within(0.01));
    }
  }

  @Test
  void callsUnderWayStayEvenWhileAnswersAreOutstanding() {
    List<Instance> instances = ShopInstances.instances(100);
    TwoChoices choices =
        new TwoChoices(new Candidates(instances), random, TwoChoices.Cost.REQUESTS);

    for (int i = 0; i < 10_000; i++) {
      choices.choose(0).active++;
    }

    // One choice would leave some with 130; two keep all within a few of the mean.
    assertThat(instances).allSatisfy(one -> assertThat(one.active).isBetween(92, 106));
  }

  @Test
  void aSlowInstanceIsAvoidedFromItsFirstSlowAnswerAndTriedAgainLater() {
    List<Instance> instances = ShopInstances.instances(2);
    instances.get(0).answered(Duration.ofMillis(500).toNanos(), 0);
    instances.get(1).answered(Duration.ofMillis(5).toNanos(), 0);
    TwoChoices choices = new TwoChoices(new Candidates(instances), random, TwoChoices.Cost.LATENCY);

    assertThat(choices.choose(0)).isSameAs(instances.get(1));

    long later = Duration.ofMinutes(5).toNanos();
    instances.get(1).answered(Duration.ofMillis(5).toNanos(), later);
    assertThat(choices.choose(later)).as("its peak has faded").isSameAs(instances.get(0));
  }
}
