package io.autodump.infra;

import io.autodump.core.job.FargateSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * CPU and memory of a dump job. The tags {@code autodump:vcpu} and {@code autodump:memory} of a secret override it.
 *
 * @param vcpu virtual CPUs: 0.25, 0.5, 1, 2, 4, 8 or 16
 * @param memoryMiB memory in MiB; Fargate allows certain values for each number of virtual CPUs
 */
public record JobSize(BigDecimal vcpu, int memoryMiB) {
    /** 1 vCPU and 2,048 MiB. A dump is streamed, so its memory doesn't grow with the database. */
    public static final JobSize DEFAULT = new JobSize(BigDecimal.ONE, 2048);

    /**
     * Returns a size that Fargate has.
     *
     * @throws IllegalArgumentException if Fargate doesn't have this combination; the message lists the possible values
     */
    public static JobSize of(String vcpu, int memoryMiB) {
        List<String> problems = new ArrayList<>();
        JobSize size = parse(vcpu, memoryMiB, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return size;
    }

    public static JobSize parse(String vcpu, int memoryMiB, List<String> problems) {
        String plain = plain(vcpu);
        List<Integer> possible = FargateSize.memoryFor(plain);
        if (possible.isEmpty()) {
            problems.add("\"" + vcpu + "\" vCPU; expected " + choice(FargateSize.vcpus()));
            return DEFAULT;
        }
        if (!possible.contains(memoryMiB)) {
            problems.add("memory of " + memoryMiB + " MiB for " + plain + " vCPU; expected " + memory(possible));
        }
        return new JobSize(new BigDecimal(plain), memoryMiB);
    }

    private static String plain(String vcpu) {
        return vcpu.matches("\\d{1,2}(\\.\\d{1,4})?")
                ? new BigDecimal(vcpu).stripTrailingZeros().toPlainString()
                : vcpu;
    }

    private static String memory(List<Integer> possible) {
        int least = possible.get(0);
        int most = possible.get(possible.size() - 1);
        int step = possible.get(1) - least;
        return most - least == step * (possible.size() - 1)
                ? least + " to " + most + " in steps of " + step
                : choice(possible);
    }

    /** Joins the values as {@code 1, 2 or 4}. */
    private static String choice(List<?> values) {
        int last = values.size() - 1;
        return values.subList(0, last).stream().map(String::valueOf).collect(Collectors.joining(", ")) + " or "
                + values.get(last);
    }

    public String vcpuText() {
        return vcpu.toPlainString();
    }

    /** Returns the whole vCPUs that so many jobs need: Batch counts the capacity of a queue in whole vCPUs. */
    int vcpusFor(int jobs) {
        return vcpu.multiply(BigDecimal.valueOf(jobs))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }
}
