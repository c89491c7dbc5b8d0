package io.autodump.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.autodump.aws.secretsmanager.SecretsManagerValues;
import io.autodump.core.port.SecretValues;
import org.junit.jupiter.api.Test;

/** What the functions and the adapters may know of. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.autodump.lambda", "io.autodump.aws");
    private static final ArchRule READS_NO_VALUE = noClasses()
            .that()
            .resideInAPackage("io.autodump.lambda..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SecretValues.class);
    private static final ArchRule KNOWS_THE_SDK_THROUGH_THE_ADAPTERS = noClasses()
            .that()
            .resideInAPackage("io.autodump.lambda..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");
    private static final ArchRule KNOWS_NO_ENTRY_POINT = noClasses()
            .that()
            .resideInAPackage("io.autodump.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.autodump.lambda..", "io.autodump.cli..", "io.autodump.dumper..", "io.autodump.testkit..");

    @Test
    void noFunctionReadsWhatASecretHolds() {
        READS_NO_VALUE.check(PRODUCT);
        ArchRule aboutTheAdapters = noClasses()
                .that()
                .resideInAPackage("io.autodump.aws..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(SecretValues.class);
        assertThat(aboutTheAdapters.evaluate(PRODUCT).hasViolation())
                .as("the rule sees %s", SecretsManagerValues.class)
                .isTrue();
    }

    @Test
    void theFunctionsKnowTheSdkThroughTheAdaptersAlone() {
        KNOWS_THE_SDK_THROUGH_THE_ADAPTERS.check(PRODUCT);
    }

    @Test
    void theAdaptersKnowNoEntryPoint() {
        KNOWS_NO_ENTRY_POINT.check(PRODUCT);
    }
}
