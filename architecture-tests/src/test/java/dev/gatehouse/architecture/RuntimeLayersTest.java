package dev.gatehouse.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.gatehouse.architecture.Modules.RUNTIME;
import static dev.gatehouse.architecture.Modules.in;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** The packages of the runtime in layers, as docs/architecture.md lists them. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = DoNotIncludeTests.class)
class RuntimeLayersTest {

  /** From the lowest; a package belongs to the layer it is in or below, and the runtime's root is one by itself. */
  private static final List<String> LAYERS = List.of(
      "config",
      "log",
      "json",
      "time",
      "limit",
      "live",
      "tls",
      "policy",
      "discovery",
      "upstream",
      "mesh",
      "events",
      "plan",
      "engine",
      "telemetry",
      "door",
      "settings",
      "reload",
      "management",
      "",
      "warmup",
      "launch");

  @ArchTest
  static final ArchRule everyPackageIsInALayer = classes()
      .that()
      .resideInAPackage(in(RUNTIME))
      .should(beInALayer())
      .because("a new capability says first what it stands on: add its package to the list here"
          + " and in docs/architecture.md");

  @ArchTest
  static final ArchRule layersUseOnlyWhatIsBelowThem = classes()
      .that()
      .resideInAPackage(in(RUNTIME))
      .should(useOnlyLowerLayers())
      .because("what is written for one capability must not need to know what is built on it");

  @ArchTest
  static final ArchRule onlyTheHttpUpstreamTalksToServices = noClasses()
      .that()
      .resideOutsideOfPackages(in(RUNTIME + ".upstream.http"), in(RUNTIME + ".discovery.http"))
      .should()
      .dependOnClassesThat()
      .haveNameMatching("io\\.vertx\\.core\\.http\\.HttpClient.*")
      .because(
          "every call to a service goes through the mesh client, where its deadline, its limits and"
              + " its policies apply; registries are no services, and have a client of their own");

  private static ArchCondition<JavaClass> beInALayer() {
    return new ArchCondition<>("be in a package of the list of layers") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        if (layerOf(javaClass) < 0) {
          events.add(SimpleConditionEvent.violated(
              javaClass,
              javaClass.getName() + " is in no layer (expected: one of " + LAYERS + ")"));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> useOnlyLowerLayers() {
    return new ArchCondition<>("use only their own layer and those below it") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        int own = layerOf(javaClass);
        javaClass.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> layerOf(dependency.getTargetClass()) > own)
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
      }
    };
  }

  /** The position in the list, or -1 where the class is of no layer or of another module. */
  private static int layerOf(JavaClass javaClass) {
    String name = javaClass.getPackageName();
    if (name.equals(RUNTIME)) {
      return LAYERS.indexOf("");
    }
    if (!name.startsWith(RUNTIME + ".")) {
      return -1;
    }
    String below = name.substring(RUNTIME.length() + 1);
    int dot = below.indexOf('.');
    return LAYERS.indexOf(dot < 0 ? below : below.substring(0, dot));
  }
}
