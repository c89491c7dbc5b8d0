package io.autodump.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.autodump.core.secret.SecretId;
import org.junit.jupiter.api.Test;

/** Infrastructure shares names and job sizes with the runtime, and nothing else. */
class ArchitectureTest {
    private static final ArchRule KNOWS_NAMES_ALONE = noClasses()
            .that()
            .resideInAPackage("io.autodump.infra..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are AutoDump's but neither infrastructure nor contract nor job sizes",
                    ArchitectureTest::isForeign));

    @Test
    void usesOnlyContractAndJobSizesOfTheCore() {
        KNOWS_NAMES_ALONE.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.autodump.infra"));
    }

    @Test
    void theRuleFindsAClassThatUsesMore() {
        assertThat(KNOWS_NAMES_ALONE
                        .evaluate(new ClassFileImporter().importClasses(KnowsTooMuch.class))
                        .hasViolation())
                .isTrue();
    }

    private static boolean isForeign(JavaClass used) {
        String name = used.getPackageName();
        return name.startsWith("io.autodump.")
                && !name.startsWith("io.autodump.infra")
                && !name.equals("io.autodump.core.contract")
                && !name.equals("io.autodump.core.job");
    }

    /** Wrong on purpose. */
    private record KnowsTooMuch(SecretId id) {}
}
