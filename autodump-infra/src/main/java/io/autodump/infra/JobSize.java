package io.autodump.infra;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one job of dumping gets where the secret's tags ({@code autodump:vcpu}, {@code autodump:memory}) say nothing else.
 *
 * @param vcpu a size that Fargate has: 0.25, 0.5, 1, 2, 4, 8 or 16
 * @param memoryMiB memory in MiB; which values go with which vCPU is Fargate's rule
 */
public record JobSize(BigDecimal vcpu, int memoryMiB) {
    /** 1 vCPU and 2,048 MiB: a dump is streamed, so its memory doesn't grow with the database. */
    public static final JobSize DEFAULT = new JobSize(BigDecimal.ONE, 2048);

    private record Range(int least, int most, int step) {
        boolean has(int memory) {
            return memory >= least && memory <= most && (memory - least) % step == 0;
        }
    }

    /** AWS Batch, API reference, ResourceRequirement: the pairs that Fargate takes; 0.25 vCPU has 512, 1024 and 2048. */
    private static final Map<String, Range> MEMORY = Map.of(
            "0.5", new Range(1024, 4096, 1024),
            "1", new Range(2048, 8192, 1024),
            "2", new Range(4096, 16_384, 1024),
            "4", new Range(8192, 30_720, 1024),
            "8", new Range(16_384, 61_440, 4096),
            "16", new Range(32_768, 122_880, 8192));

    private static final List<Integer> SMALLEST = List.of(512, 1024, 2048);

    /**
     * A size that Fargate has.
     *
     * @throws IllegalArgumentException for a pair that it doesn't have; the message names those that go
     */
    public static JobSize of(String vcpu, int memoryMiB) {
        List<String> problems = new ArrayList<>();
        JobSize size = parse(vcpu, memoryMiB, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return size;
    }

    static JobSize parse(String vcpu, int memoryMiB, List<String> problems) {
        String plain = plain(vcpu);
        if (plain.equals("0.25")) {
            if (!SMALLEST.contains(memoryMiB)) {
                problems.add("memory of " + memoryMiB + " MiB for 0.25 vCPU; expected 512, 1024 or 2048");
            }
            return new JobSize(new BigDecimal(plain), memoryMiB);
        }
        Range range = MEMORY.get(plain);
        if (range == null) {
            problems.add("\"" + vcpu + "\" vCPU; expected 0.25, 0.5, 1, 2, 4, 8 or 16");
            return DEFAULT;
        }
        if (!range.has(memoryMiB)) {
            problems.add("memory of " + memoryMiB + " MiB for " + plain + " vCPU; expected " + range.least() + " to "
                    + range.most() + " in steps of " + range.step());
        }
        return new JobSize(new BigDecimal(plain), memoryMiB);
    }

    private static String plain(String vcpu) {
        return vcpu.matches("\\d{1,2}(\\.\\d{1,4})?")
                ? new BigDecimal(vcpu).stripTrailingZeros().toPlainString()
                : vcpu;
    }

    String vcpuText() {
        return vcpu.toPlainString();
    }

    /** Batch counts a queue's capacity in whole vCPUs. */
    int vcpusFor(int jobs) {
        return vcpu.multiply(BigDecimal.valueOf(jobs))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }
}
