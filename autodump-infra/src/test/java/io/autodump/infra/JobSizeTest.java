package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSizeTest {
    @ParameterizedTest
    @CsvSource({"0.25,512", "0.25,2048", "0.5,4096", "1,2048", "1.0,8192", "4,30720", "8,61440", "16,122880"})
    void takesWhatFargateTakes(String vcpu, int memory) {
        assertThat(JobSize.of(vcpu, memory).memoryMiB()).isEqualTo(memory);
    }

    @ParameterizedTest
    @CsvSource({"0.25,1536", "0.5,512", "1,1024", "1,2500", "8,20000", "16,16384"})
    void namesTheMemoryThatGoesWithAVcpu(String vcpu, int memory) {
        assertThatThrownBy(() -> JobSize.of(vcpu, memory)).hasMessageContaining("memory of " + memory + " MiB for");
    }

    @ParameterizedTest
    @CsvSource({"3,8192", "0,512", "one,512", "-1,2048"})
    void namesTheSizesThatFargateHas(String vcpu, int memory) {
        assertThatThrownBy(() -> JobSize.of(vcpu, memory)).hasMessageContaining("expected 0.25, 0.5, 1");
    }

    @Test
    void countsWholeVcpusForAQueue() {
        assertThat(JobSize.of("0.25", 512).vcpusFor(5)).isEqualTo(2);
        assertThat(JobSize.of("4", 8192).vcpusFor(10)).isEqualTo(40);
    }
}
