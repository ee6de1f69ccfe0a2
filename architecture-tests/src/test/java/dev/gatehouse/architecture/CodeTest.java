package dev.gatehouse.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/** What no class does, whatever its package. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = DoNotIncludeTests.class)
class CodeTest {
  private static final String LAUNCHER = "dev.gatehouse.runtime.launch";

  @ArchTest
  static final ArchRule onlyTheLauncherUsesStandardStreams = noClasses()
      .that()
      .resideOutsideOfPackage(LAUNCHER)
      .should(ACCESS_STANDARD_STREAMS)
      .because("a library does not own its process's streams; logs go to SLF4J");

  @ArchTest
  static final ArchRule nothingUsesJavaUtilLogging = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAPackage("java.util.logging..")
      .because("all logs go to SLF4J, which the application binds");

  @ArchTest
  static final ArchRule staticFieldsAreFinal = fields()
      .that()
      .areStatic()
      .should()
      .beFinal()
      .because("several BFFs share a process, and nothing of one may reach another");

  @ArchTest
  static final ArchRule noStaticFieldHoldsState = noFields()
      .that()
      .areStatic()
      .and()
      .areNotDeclaredIn("dev.gatehouse.dsl.Definition")
      .should()
      .haveRawType(mutable())
      .because(
          "several BFFs share a process, and nothing of one may reach another;"
              + " the DSL alone notes, per thread, which definition is being written, for as long as it is");

  @ArchTest
  static final ArchRule onlyTheLauncherBlocksAThread = noClasses()
      .that()
      .resideOutsideOfPackage(LAUNCHER)
      .should()
      .callMethodWhere(blocks())
      .because(
          "one blocked event loop stops every request on it; the launcher owns the main thread");

  @ArchTest
  static final ArchRule noClassIsADrawer = noClasses()
      .should()
      .haveNameMatching(".*(Utils?|Helpers?|Manager|Misc)")
      .because(
          "such a name says nothing about what belongs in the class, so everything ends up there");

  private static DescribedPredicate<JavaClass> mutable() {
    return assignableTo(ConcurrentMap.class)
        .or(assignableTo(ThreadLocal.class))
        .or(assignableTo("com.github.benmanes.caffeine.cache.Cache"))
        .or(JavaClass.Predicates.resideInAPackage("java.util.concurrent.atomic"))
        .as("a concurrent map, a thread local, a cache or an atomic");
  }

  private static DescribedPredicate<JavaMethodCall> blocks() {
    return blocks("java.lang.Thread", "sleep", "join")
        .or(blocks("java.util.concurrent.Future", "get", "join"))
        .or(blocks("java.util.concurrent.CountDownLatch", "await"))
        .or(blocks("java.util.concurrent.Semaphore", "acquire"))
        .or(blocks("java.util.concurrent.BlockingQueue", "put", "take"))
        .or(blocks("java.util.concurrent.ExecutorService", "awaitTermination", "invokeAll"))
        .or(blocks("io.vertx.core.Future", "await"))
        .as("it waits");
  }

  private static DescribedPredicate<JavaMethodCall> blocks(String type, String... methods) {
    List<String> names = List.of(methods);
    return DescribedPredicate.describe(
        type + " " + names,
        call -> names.contains(call.getName()) && call.getTargetOwner().isAssignableTo(type));
  }
}
