package dev.gatehouse.runtime.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.policy.RoutePolicy.Side;
import dev.gatehouse.runtime.policy.RoutePolicy.Sticky;
import dev.gatehouse.runtime.policy.RoutePolicy.Sticky.By;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int CALLERS = 20_000;
  private static final Random RANDOM = new Random(3);

  private static Split split(int... weights) {
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      sides.add(new Side(weights[i], new Target(null, Map.of("version", "v" + i), null, null)));
    }
    return new Split("pricing", sides, new Sticky(By.CALLER, ""));
  }

  private static int side(Split split, int caller) {
    return split.choose(
        new RequestOrigin() {
          @Override
          public String header(String name) {
            return null;
          }

          @Override
          public String cookie(String name) {
            return null;
          }

          @Override
          public String subject() {
            return "caller-" + caller;
          }
        },
        RANDOM);
  }

  private static double share(Split split, int side) {
    int on = 0;
    for (int caller = 0; caller < CALLERS; caller++) {
      on += side(split, caller) == side ? 1 : 0;
    }
    return (double) on / CALLERS;
  }

  @Test
  void callersAreSpreadByWeight() {
    Split split = split(90, 9, 1);
    assertThat(share(split, 0)).isBetween(0.88, 0.92);
    assertThat(share(split, 1)).isBetween(0.08, 0.10);
    assertThat(share(split, 2)).isBetween(0.007, 0.013);
  }

  @Test
  void whenACanaryGrowsNobodyLeavesItAndOnlyAsManyMoveAsMust() {
    Split five = split(95, 5);
    Split ten = split(90, 10);
    int moved = 0;
    for (int caller = 0; caller < CALLERS; caller++) {
      if (side(five, caller) == 1) {
        assertThat(side(ten, caller)).isEqualTo(1);
      } else if (side(ten, caller) == 1) {
        moved++;
      }
    }
    assertThat((double) moved / CALLERS).isBetween(0.04, 0.06);
  }

  @Property(tries = 100)
  void callersMoveOnlyToSidesWhoseShareGrowsAgainstTheirs(
      @ForAll @Size(4) List<@IntRange(max = 100) Integer> before,
      @ForAll @Size(4) List<@IntRange(max = 100) Integer> after) {
    int[] old = before.stream().mapToInt(weight -> weight + 1).toArray();
    int[] changed = after.stream().mapToInt(weight -> weight + 1).toArray();
    Split first = split(old);
    Split second = split(changed);
    for (int caller = 0; caller < 200; caller++) {
      int from = side(first, caller);
      int to = side(second, caller);
      if (from != to) {
        assertThat((long) changed[to] * old[from])
            .as("%s to %s", Arrays.toString(old), Arrays.toString(changed))
            .isGreaterThan((long) old[to] * changed[from]);
      }
    }
  }

  @Test
  void aSideWithoutWeightGetsNobody() {
    assertThat(share(split(1, 0, 1), 1)).isZero();
    Split byChance =
        new Split("pricing", List.of(new Side(0, Target.SAME), new Side(1, Target.SAME)), null);
    for (int i = 0; i < 100; i++) {
      assertThat(byChance.choose(RequestOrigin.NONE, RANDOM)).isEqualTo(1);
    }
  }
}
