package dev.gatehouse.runtime.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashTablesTest {
  private static final int KEYS = 50_000;

  enum Kind {
    RING(HashRing::new, 0.5, 1.1),
    MAGLEV(MaglevTable::new, 0.05, 1.6);

    private final Function<List<Instance>, HashTable> table;
    /** How far a share may be from what it should be, as a part of that. */
    private final double uneven;
    /** How many keys a change may move, as a multiple of those that must move. */
    private final double moved;

    Kind(Function<List<Instance>, HashTable> table, double uneven, double moved) {
      this.table = table;
      this.uneven = uneven;
      this.moved = moved;
    }
  }

  private static Instance owner(HashTable table, int key) {
    return table.at(table.find(Hashing.of("/products/" + key)));
  }

  @ParameterizedTest
  @EnumSource
  void sharesFollowWeights(Kind kind) {
    List<Instance> instances = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      instances.add(ShopInstances.instance(i, i < 10 ? 1 : 3));
    }
    HashTable table = kind.table.apply(instances);

    Map<Instance, Integer> counts = new HashMap<>();
    for (int key = 0; key < KEYS; key++) {
      counts.merge(owner(table, key), 1, Integer::sum);
    }

    assertThat(instances).allSatisfy(one -> {
      double expected = KEYS * one.weight() / 40.0;
      assertThat(counts.get(one).doubleValue())
          .isCloseTo(expected, within(expected * (kind.uneven + 0.08)));
    });
  }

  @ParameterizedTest
  @EnumSource
  void whenOneGoesFewKeysOfOthersMove(Kind kind) {
    List<Instance> instances = ShopInstances.instances(50);
    HashTable before = kind.table.apply(instances);
    Instance gone = instances.get(17);
    HashTable after =
        kind.table.apply(instances.stream().filter(one -> one != gone).toList());

    int itsOwn = 0;
    int moved = 0;
    for (int key = 0; key < KEYS; key++) {
      itsOwn += owner(before, key) == gone ? 1 : 0;
      moved += owner(before, key) != owner(after, key) ? 1 : 0;
    }

    assertThat(moved).isGreaterThanOrEqualTo(itsOwn);
    assertThat((double) moved).isLessThanOrEqualTo(itsOwn * kind.moved + KEYS * 0.02);
  }

  @ParameterizedTest
  @EnumSource
  void theTableDoesNotDependOnTheProcess(Kind kind) {
    HashTable one = kind.table.apply(ShopInstances.instances(7));
    HashTable other = kind.table.apply(ShopInstances.instances(7));

    for (int key = 0; key < 1000; key++) {
      assertThat(owner(one, key).endpoint()).isEqualTo(owner(other, key).endpoint());
    }
  }
}
