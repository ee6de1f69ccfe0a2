package dev.gatehouse.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.finding.Finding;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/dsl.md shows is compiled, and has no mistake. */
class DslGuideTest {
  private static final Path GUIDE = Path.of("../docs/dsl.md");
  private static final Path SOURCE = Path.of("src/test/java/dev/gatehouse/usage/DslGuide.java");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// region \\w+\n(.*?)// endregion", Pattern.DOTALL);

  @Test
  void everyBlockIsARegionOfACompiledClassAndEveryRegionABlock() throws IOException {
    assertThat(blocks(BLOCK, GUIDE)).containsExactlyInAnyOrderElementsOf(blocks(REGION, SOURCE));
  }

  private static List<String> blocks(Pattern pattern, Path file) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = pattern.matcher(Files.readString(file));
    while (matcher.find()) {
      blocks.add(matcher.group(1).stripTrailing().stripIndent());
    }
    return blocks;
  }

  @Test
  void everyCompositeOfTheGuideCanRun() throws IllegalAccessException {
    List<Finding> findings = new ArrayList<>(DslGuide.SHOP.findings());
    List<String> defined = new ArrayList<>();
    for (Field field : DslGuide.class.getDeclaredFields()) {
      if (field.get(null) instanceof Composite<?, ?> composite) {
        findings.addAll(composite.findings());
        defined.add(composite.graph().name());
      } else if (field.get(null) instanceof Bff bff) {
        findings.addAll(bff.findings());
      }
    }
    assertThat(findings).isEmpty();
    assertThat(defined).hasSizeGreaterThan(10);
  }

  @Test
  void theGuideCountsCallsRight() {
    assertThat(Shop.callNames(DslGuide.CARD)).hasSize(2);
    assertThat(Shop.callNames(DslGuide.REVIEWS_WITH_AUTHORS)).hasSize(2);
    assertThat(Shop.callNames(DslGuide.STOCK_OF_PRODUCT)).hasSize(2);
    assertThat(Shop.callNames(DslGuide.PAGE)).hasSize(3);
    assertThat(Shop.callNames(DslGuide.RELATED_CARDS)).hasSize(3);
  }
}
