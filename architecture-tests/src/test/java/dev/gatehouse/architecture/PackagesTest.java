package dev.gatehouse.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

/** How packages stand to each other, and what each of them says of itself. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = DoNotIncludeTests.class)
class PackagesTest {

  @ArchTest
  static final ArchRule packagesFormNoCycle = slices()
      .assignedFrom(eachPackage())
      .should()
      .beFreeOfCycles()
      .because("packages in a cycle can only be understood, tested and changed together");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked = classes()
      .should(resideInANullMarkedPackage())
      .because(
          "only in a @NullMarked package does a type without @Nullable promise never to be null,"
              + " and package-info.java is where a reader learns what the package owns");

  private static SliceAssignment eachPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return SliceIdentifier.of(javaClass.getPackageName());
      }

      @Override
      public String getDescription() {
        return "each package";
      }
    };
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package whose package-info.java is @NullMarked") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        boolean marked = javaClass
            .getPackage()
            .tryGetPackageInfo()
            .map(info -> info.isAnnotatedWith(NullMarked.class))
            .orElse(false);
        if (!marked) {
          events.add(SimpleConditionEvent.violated(
              javaClass,
              javaClass.getPackageName() + ": no @NullMarked package-info.java, seen at "
                  + javaClass.getSimpleName()
                  + " (expected: one that says what the package owns)"));
        }
      }
    };
  }
}
