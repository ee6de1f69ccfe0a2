package dev.gatehouse.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {
  private static final String JSTAT = """
          S0C         S1C          EC           EU        YGC     YGCT     CGC
          17472.0     17472.0     139776.0      0.0        3     0.012     -
      """;

  @Test
  void edenIsReadAsJdk17PrintsIt() {
    Heap heap = Heap.parse(
        JSTAT,
        "  eden space 139776K,  19% used [0x00000000e0000000, 0x00000000e0000400, 0x00000000e8880000)");

    assertThat(heap).isEqualTo(new Heap(1024, 139776 * 1024, 3));
  }

  @Test
  void edenIsReadAsJdk25PrintsIt() {
    Heap heap = Heap.parse(JSTAT, """
        DefNew     total 157248K, used 38449K [0x00000000e0000000, 0x00000000eaaa0000, 0x00000000eaaa0000)
         eden space 139776K,  27% used [0x00000000e0000000, 0x00000000e0000400, 0x00000000e8880000)
         from space 17472K,   0% used [0x00000000e8880000, 0x00000000e8880000, 0x00000000e9990000)
        """);

    assertThat(heap).isEqualTo(new Heap(1024, 139776 * 1024, 3));
  }

  @Test
  void anotherCollectorsHeapIsNoHeap() {
    assertThat(Heap.parse(JSTAT, "garbage-first heap   total 524288K, used 10240K"))
        .isNull();
    assertThat(Heap.parse("", "")).isNull();
  }

  @Test
  void eachCollectionCountsAsOneFullEden() {
    Heap before = new Heap(100, 1000, 5);
    Heap after = new Heap(40, 1000, 7);

    assertThat(after.allocatedSince(before)).isEqualTo(1940);
  }
}
