package io.autodump.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.usecase.Ports;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of {@code docs/architecture.md}. */
class ArchitectureTest {
    private static final String CORE = "io.autodump.core..";
    private static final String WIRE = "io.autodump.core.wire..";
    private static final String AGE = "io.autodump.age..";
    private static final String PROCESS = "io.autodump.process..";
    private static final String POSTGRES = "io.autodump.postgres..";
    private static final String LOCAL = "io.autodump.local..";
    private static final String AWS = "io.autodump.aws..";
    private static final String LAMBDA = "io.autodump.lambda..";
    private static final String DUMPER = "io.autodump.dumper..";
    private static final String CLI = "io.autodump.cli..";
    private static final String INFRA = "io.autodump.infra..";
    private static final String TESTKIT = "io.autodump.testkit..";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.autodump");
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("io.autodump.core.wrongfixture");

    private static final ArchRule CORE_KNOWS_NO_ADAPTER = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    AGE, PROCESS, POSTGRES, LOCAL, AWS, LAMBDA, DUMPER, CLI, INFRA, TESTKIT, "software.amazon..");
    private static final ArchRule CORE_NEEDS_FEW_LIBRARIES = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CORE,
                    "java..",
                    "com.google.common..",
                    "com.google.errorprone.annotations..",
                    "org.jspecify..",
                    "org.immutables.value..",
                    "com.fasterxml.jackson..");
    private static final ArchRule JACKSON_STAYS_IN_WIRE = noClasses()
            .that(resideInAnyPackage(CORE).and(not(resideInAnyPackage(WIRE))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");
    private static final ArchRule CORE_TOUCHES_NO_MACHINE = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "java.util.logging..", "org.slf4j..");
    /** To interrupt a thread is allowed: a source that is stopped interrupts the threads that connect. */
    private static final ArchRule CORE_STARTS_NO_THREAD = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .callCodeUnitWhere(target(owner(assignableTo(Thread.class))).and(target(nameMatching("<init>|start"))))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(Process|ProcessBuilder)|java\\.util\\.concurrent\\.Executors");
    /** Except for the default of the builder. */
    private static final ArchRule CORE_HAS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage(CORE)
            .and()
            .doNotBelongToAnyOf(AutoDump.class, AutoDumpBuilder.class)
            .should()
            .callMethod(Clock.class, "systemUTC");

    private static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Port")
            .orShould()
            .haveSimpleNameEndingWith("UseCase")
            .orShould()
            .haveSimpleNameEndingWith("Utils");

    private static final Map<String, ArchRule> RULES_THAT_THE_FIXTURE_BREAKS = Map.of(
            "the core knows no adapter", CORE_KNOWS_NO_ADAPTER,
            "the core needs few libraries", CORE_NEEDS_FEW_LIBRARIES,
            "Jackson stays in wire", JACKSON_STAYS_IN_WIRE,
            "the core touches no machine", CORE_TOUCHES_NO_MACHINE,
            "the core starts no thread", CORE_STARTS_NO_THREAD,
            "the core has no clock", CORE_HAS_NO_CLOCK,
            "names say what things are", NAMES_SAY_WHAT_THINGS_ARE);

    @TestFactory
    List<DynamicTest> theProductKeepsEveryRule() {
        return RULES_THAT_THE_FIXTURE_BREAKS.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(PRODUCT)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> theWrongFixtureBreaksEveryRule() {
        return RULES_THAT_THE_FIXTURE_BREAKS.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().evaluate(WRONG).hasViolation())
                                .isTrue()))
                .toList();
    }

    /** A module's row names the modules that it may use, besides the core. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            AGE, List.of(),
            PROCESS, List.of(),
            POSTGRES, List.of(PROCESS),
            LOCAL, List.of(),
            AWS, List.of(),
            LAMBDA, List.of(AWS),
            DUMPER, List.of(POSTGRES, PROCESS, AGE, AWS),
            CLI, List.of(POSTGRES, LOCAL, AGE, AWS));

    @TestFactory
    List<DynamicTest> aModuleUsesOnlyTheModulesBelowIt() {
        return ARROWS.entrySet().stream()
                .map(arrow -> DynamicTest.dynamicTest(
                        arrow.getKey(),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(arrow.getKey())
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(notBelow(arrow.getKey(), arrow.getValue()))
                                .check(PRODUCT)))
                .toList();
    }

    private static String[] notBelow(String module, List<String> below) {
        return Stream.of(AGE, PROCESS, POSTGRES, LOCAL, AWS, LAMBDA, DUMPER, CLI, INFRA, TESTKIT)
                .filter(other -> !other.equals(module) && !below.contains(other))
                .toArray(String[]::new);
    }

    @Test
    void theInfrastructureUsesTheCoresContractAndJobPackagesAlone() {
        noClasses()
                .that()
                .resideInAPackage(INFRA)
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.autodump..")
                        .and(not(resideInAnyPackage(INFRA, "io.autodump.core.contract..", "io.autodump.core.job.."))))
                .check(PRODUCT);
    }

    @Test
    void aPortKnowsValuesAndNoUseCase() {
        noClasses()
                .that()
                .resideInAPackage("io.autodump.core.port..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.autodump.core.usecase..", WIRE, "io.autodump.core.testing..")
                .check(PRODUCT);
    }

    @Test
    void useCasesAreReachedThroughAutoDumpAlone() {
        List<JavaClass> useCases = PRODUCT.stream()
                .filter(resideInAnyPackage("io.autodump.core.usecase.."))
                .filter(type -> type.getMethods().stream().anyMatch(ArchitectureTest::takesPorts))
                .toList();

        assertThat(useCases).hasSizeGreaterThan(7);
        assertThat(useCases.stream().flatMap(type -> type.getConstructors().stream()))
                .noneMatch(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC));
        noClasses()
                .that(not(resideInAnyPackage(CORE)))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Ports.class)
                .check(PRODUCT);
    }

    private static boolean takesPorts(JavaMethod method) {
        return !method.getRawParameterTypes().isEmpty()
                && method.getRawParameterTypes().get(0).isEquivalentTo(Ports.class);
    }

    @Test
    void nothingButItsTestsNeedsTheFakes() {
        noClasses()
                .that(not(resideInAnyPackage("io.autodump.core.testing..", TESTKIT)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.autodump.core.testing..")
                .check(PRODUCT);
    }

    @Test
    void aUseCaseIsFinalAndHasNoInterfaceOfItsOwn() {
        classes()
                .that()
                .resideInAPackage("io.autodump.core.usecase..")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage("io.autodump.core.usecase..")
                .and()
                .doNotHaveSimpleName("package-info")
                .and()
                // What a use case answers, as a closed set of values.
                .doNotHaveSimpleName("RunDecision")
                .should()
                .beInterfaces()
                .check(PRODUCT);
    }

    /** Two classes have the same name on purpose: the library's front door and the construct that deploys it. */
    @Test
    void noSimpleNameIsUsedTwice() {
        Map<String, List<JavaClass>> byName = PRODUCT.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getSimpleName));

        assertThat(byName.entrySet().stream()
                        .filter(named -> named.getValue().size() > 1)
                        .map(Map.Entry::getKey))
                .containsExactly("AutoDump");
    }

    @TestFactory
    List<DynamicTest> thePackagesOfAModuleFormNoCircle() {
        return Stream.of("core", "process", "postgres", "local", "aws", "cli", "infra")
                .map(module -> DynamicTest.dynamicTest(
                        module,
                        () -> slices().matching("io.autodump." + module + ".(**)")
                                .should()
                                .beFreeOfCycles()
                                .check(PRODUCT)))
                .toList();
    }
}
