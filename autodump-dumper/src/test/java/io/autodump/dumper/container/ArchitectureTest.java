package io.autodump.dumper.container;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The dumper is a library that knows no AWS, and a container that does. */
class ArchitectureTest {
    private static final String CONTAINER = "io.autodump.dumper.container..";
    private static final String[] FOR_THE_CONTAINER_ALONE = {
        "io.autodump.aws..", "software.amazon..", "com.fasterxml.jackson..", CONTAINER
    };

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.autodump.dumper");

    @Test
    void onlyTheContainerKnowsAws() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage(CONTAINER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FOR_THE_CONTAINER_ALONE);

        rule.check(PRODUCT);
    }

    @Test
    void theRuleSeesWhatItForbids() {
        ArchRule aboutTheContainer = noClasses()
                .that()
                .resideInAPackage(CONTAINER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FOR_THE_CONTAINER_ALONE);

        assertThat(aboutTheContainer.evaluate(PRODUCT).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("io.autodump.aws"))
                .anyMatch(detail -> detail.contains("software.amazon"));
    }
}
