package io.autodump.core.job;

import java.util.Optional;

/**
 * The size of a dump job on Fargate, as tags ask for it. A deployment's defaults apply where a value is empty. No
 * effect on one machine.
 *
 * @param vcpu virtual CPUs: 0.25, 0.5, 1, 2, 4, 8 or 16 (Amazon ECS developer guide, "Task CPU and memory")
 * @param memoryMib memory in MiB, 512 to 122,880
 */
public record JobLimits(Optional<String> vcpu, Optional<Integer> memoryMib) {
    /** No limits: the deployment's size applies. */
    public static final JobLimits UNSET = new JobLimits(Optional.empty(), Optional.empty());
}
