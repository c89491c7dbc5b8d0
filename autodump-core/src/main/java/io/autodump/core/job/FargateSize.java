package io.autodump.core.job;

import java.util.ArrayList;
import java.util.List;

/**
 * A combination of CPU and memory that AWS Fargate runs (Amazon ECS developer guide, "Task CPU and memory"; AWS Batch
 * accepts the same). Fargate accepts nothing in between.
 *
 * @param vcpu virtual CPUs as Fargate writes them: {@code 0.25} to {@code 16}
 * @param memoryMib memory in MiB
 */
public record FargateSize(String vcpu, int memoryMib) {
    private static final int GIB = 1024;

    /** Every combination, ordered by CPUs and then by memory. */
    public static final List<FargateSize> ALL = table();

    /**
     * Returns the smallest combination with at least this much CPU and memory. If no combination with so few CPUs has
     * the memory, it has more CPUs.
     *
     * @param vcpu a number such as {@code 0.5}; {@code 0.50} is the same
     * @param memoryMib memory in MiB
     * @throws IllegalArgumentException if no combination is large enough, or {@code vcpu} isn't a number
     */
    public static FargateSize atLeast(String vcpu, int memoryMib) {
        double wanted = Double.parseDouble(vcpu);
        return ALL.stream()
                .filter(size -> Double.parseDouble(size.vcpu) >= wanted && size.memoryMib >= memoryMib)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Fargate has no " + vcpu + " vCPU with " + memoryMib
                        + " MiB; its largest size has " + ALL.get(ALL.size() - 1)));
    }

    /** Returns the numbers of virtual CPUs that a job can have, smallest first. */
    public static List<String> vcpus() {
        return ALL.stream().map(FargateSize::vcpu).distinct().toList();
    }

    /**
     * Returns the memory in MiB that a job with so many virtual CPUs can have, least first. Empty for another number.
     */
    public static List<Integer> memoryFor(String vcpu) {
        return ALL.stream()
                .filter(size -> size.vcpu.equals(vcpu))
                .map(FargateSize::memoryMib)
                .toList();
    }

    @Override
    public String toString() {
        return vcpu + " vCPU with " + memoryMib + " MiB";
    }

    private static List<FargateSize> table() {
        List<FargateSize> sizes = new ArrayList<>();
        sizes.add(new FargateSize("0.25", GIB / 2));
        add(sizes, "0.25", 1, 2, 1);
        add(sizes, "0.5", 1, 4, 1);
        add(sizes, "1", 2, 8, 1);
        add(sizes, "2", 4, 16, 1);
        add(sizes, "4", 8, 30, 1);
        add(sizes, "8", 16, 60, 4);
        add(sizes, "16", 32, 120, 8);
        return List.copyOf(sizes);
    }

    private static void add(List<FargateSize> sizes, String vcpu, int fromGib, int toGib, int stepGib) {
        for (int gib = fromGib; gib <= toGib; gib += stepGib) {
            sizes.add(new FargateSize(vcpu, gib * GIB));
        }
    }
}
