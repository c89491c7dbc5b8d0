package io.autodump.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.contract.TagNames;
import io.autodump.core.plan.SecretTags;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizeTest {
    /** The rows of the developer guide. */
    @ParameterizedTest
    @CsvSource({
        "0.25, 512, 512, 512",
        "0.25, 1024, 2048, 1024",
        "0.5, 1024, 4096, 1024",
        "1, 2048, 8192, 1024",
        "2, 4096, 16384, 1024",
        "4, 8192, 30720, 1024",
        "8, 16384, 61440, 4096",
        "16, 32768, 122880, 8192"
    })
    void knowsEveryCombinationOfTheDeveloperGuide(String vcpu, int least, int most, int step) {
        for (int memory = least; memory <= most; memory += step) {
            assertThat(FargateSize.ALL).contains(new FargateSize(vcpu, memory));
        }
    }

    @Test
    void knowsNoOtherCombination() {
        assertThat(FargateSize.ALL).hasSize(1 + 2 + 4 + 7 + 13 + 23 + 12 + 12).doesNotHaveDuplicates();
    }

    @Test
    void keepsWhatFargateHas() {
        for (FargateSize size : FargateSize.ALL) {
            assertThat(FargateSize.atLeast(size.vcpu(), size.memoryMib())).isEqualTo(size);
        }
    }

    @Test
    void givesNeverLessThanWasAskedForAndNeverMoreThanTheNextSize() {
        for (FargateSize asked : FargateSize.ALL) {
            for (int memory = asked.memoryMib() - 511; memory <= asked.memoryMib(); memory += 73) {
                FargateSize given = FargateSize.atLeast(asked.vcpu(), memory);
                assertThat(given.memoryMib()).isBetween(memory, asked.memoryMib());
                assertThat(given.vcpu()).isEqualTo(asked.vcpu());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 512, 1, 2048",
        "1, 2049, 1, 3072",
        "0.25, 600, 0.25, 1024",
        "0.25, 2049, 0.5, 3072",
        "0.50, 1024, 0.5, 1024",
        "1, 122880, 16, 122880",
        "8, 16385, 8, 20480",
        "3, 8192, 4, 8192"
    })
    void raisesToTheNextSize(String vcpu, int memory, String expectedVcpu, int expectedMemory) {
        assertThat(FargateSize.atLeast(vcpu, memory)).isEqualTo(new FargateSize(expectedVcpu, expectedMemory));
    }

    @Test
    void refusesWhatNoSizeReaches() {
        assertThatThrownBy(() -> FargateSize.atLeast("16", 122_881))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 vCPU with 122881 MiB");
        assertThatThrownBy(() -> FargateSize.atLeast("17", 512)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesAJobTimeToSayWhyItsDumpWasEnded() {
        assertThat(job(Map.of()).timeout()).isEqualTo(Duration.ofHours(4));
        assertThat(job(Map.of(TagNames.TIMEOUT, "PT1S")).timeout()).isEqualTo(Duration.ofSeconds(301));
        assertThat(job(Map.of(TagNames.TIMEOUT, "PT10H")).timeout()).isEqualTo(Duration.ofMinutes(605));
    }

    @Test
    void givesARestoreCheckTheTimeThatTheDeploymentHas() {
        assertThat(job(Map.of(TagNames.TIMEOUT, "PT1H", TagNames.VERIFY, "restore"))
                        .timeout())
                .isEqualTo(Duration.ofHours(4));
        assertThat(job(Map.of(TagNames.TIMEOUT, "PT10H", TagNames.VERIFY, "restore"))
                        .timeout())
                .isEqualTo(Duration.ofMinutes(605));
    }

    @Test
    void refusesATimeThatAwsBatchDoesNotTake() {
        assertThatThrownBy(() -> new FargateJob(FargateJob.DEFAULT.size(), Duration.ofSeconds(59)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FargateJob job(Map<String, String> tags) {
        SecretTags read = SecretTags.parse("orders", tags);
        return FargateJob.DEFAULT.forTags(read.jobLimits(), read.settings());
    }
}
