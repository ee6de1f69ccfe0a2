package dev.gatehouse.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.gatehouse.architecture.Modules.DSL;
import static dev.gatehouse.architecture.Modules.GRAPHQL;
import static dev.gatehouse.architecture.Modules.REST;
import static dev.gatehouse.architecture.Modules.RUNTIME;
import static dev.gatehouse.architecture.Modules.in;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Which module may know which. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = DoNotIncludeTests.class)
class ModuleBoundariesTest {

  @ArchTest
  static final ArchRule theDslKnowsOnlyJavaAndJackson = classes()
      .that()
      .resideInAPackage(in(DSL))
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage(in(DSL), "java..", "com.fasterxml.jackson..", "org.jspecify..")
      .because("a BFF is written, checked and tested without a server, a mesh or a door;"
          + " whatever the DSL imports, every author's compile class path gets");

  @ArchTest
  static final ArchRule theRuntimeKnowsNoDoor = noClasses()
      .that()
      .resideInAPackage(in(RUNTIME))
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(in(REST), in(GRAPHQL))
      .because(
          "a door is added by putting its module on the class path, not by changing the runtime");

  @ArchTest
  static final ArchRule theRestDoorKnowsNoOtherDoor = noClasses()
      .that()
      .resideInAPackage(in(REST))
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(in(GRAPHQL), "graphql..")
      .because("a BFF that opens one door carries nothing of the other");

  @ArchTest
  static final ArchRule theGraphQlDoorKnowsNoOtherDoor = noClasses()
      .that()
      .resideInAPackage(in(GRAPHQL))
      .should()
      .dependOnClassesThat()
      .resideInAPackage(in(REST))
      .allowEmptyShould(true)
      .because("a BFF that opens one door carries nothing of the other");

  @ArchTest
  static final ArchRule internalPackagesStayWithinTheirModule = classes()
      .should(notDependOnInternalsOfAnotherModule())
      .because("a package called internal may change in any release");

  @ArchTest
  static final ArchRule everyClassIsBelowItsModulesRoot = classes()
      .should()
      .resideInAnyPackage(Modules.ALL.stream().map(Modules::in).toArray(String[]::new))
      .because("the rules here tell modules apart by their root packages");

  private static ArchCondition<JavaClass> notDependOnInternalsOfAnotherModule() {
    DescribedPredicate<JavaClass> internal =
        JavaClass.Predicates.resideInAPackage("dev.gatehouse..internal..");
    return new ArchCondition<>("not depend on internal packages of another module") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        String module = Modules.rootOf(origin.getPackageName());
        origin.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> internal.test(dependency.getTargetClass()))
            .filter(dependency ->
                !Modules.rootOf(dependency.getTargetClass().getPackageName()).equals(module))
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
      }
    };
  }
}
