package dev.gatehouse.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CpuUsageTest {
  private static final long AT_LEAST = 30_000_000;

  @Test
  void workOfAThreadIsSeen() throws IOException {
    long own = ProcessHandle.current().pid();
    CpuUsage before = CpuUsage.of(own);

    CpuUsage.Share used = CpuUsage.of(own).since(before);
    while (used.nanos() < AT_LEAST) {
      used = CpuUsage.of(own).since(before);
    }

    assertThat(used.compiling()).isBetween(0.0, 1.0);
    assertThat(used.collecting()).isBetween(0.0, 1.0);
    assertThat(CpuUsage.of(own).since(before).nanos()).isGreaterThanOrEqualTo(used.nanos());
  }

  @Test
  void memoryOfThisProcessIsSomeMegabytes() throws IOException {
    assertThat(Memory.residentBytes(ProcessHandle.current().pid())).isGreaterThan(1 << 20);
  }
}
