package io.autodump.core.job;

import java.util.Optional;

/**
 * What a dump job on Fargate may use; the deployment's defaults where a tag is absent. On one machine they have
 * no effect.
 *
 * @param vcpu virtual CPUs, one of 0.25, 0.5, 1, 2, 4, 8 and 16 (Amazon ECS developer guide, "Task CPU and memory")
 * @param memoryMib memory in MiB, 512 to 122,880
 */
public record JobLimits(Optional<String> vcpu, Optional<Integer> memoryMib) {
    /** Nothing said: the deployment decides. */
    public static final JobLimits UNSET = new JobLimits(Optional.empty(), Optional.empty());
}
