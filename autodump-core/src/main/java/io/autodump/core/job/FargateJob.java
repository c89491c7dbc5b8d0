package io.autodump.core.job;

import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import java.time.Duration;

/**
 * The size and the time limit of a job on Fargate.
 *
 * @param size CPU and memory
 * @param timeout AWS Batch ends the job after this time, in any state; at least {@link #SHORTEST}
 */
public record FargateJob(FargateSize size, Duration timeout) {
    /** AWS Batch user guide, "Job timeouts": Batch refuses less than 60 seconds. */
    public static final Duration SHORTEST = Duration.ofSeconds(60);

    /** The time that a job needs beyond its dump: to start, to check, and to report the outcome. */
    public static final Duration GRACE = Duration.ofMinutes(5);

    /** 1 vCPU, 2,048 MiB, 4 hours. Applies if neither the secret's tags nor the deployment set anything else. */
    public static final FargateJob DEFAULT = new FargateJob(FargateSize.atLeast("1", 2048), Duration.ofHours(4));

    public FargateJob {
        if (timeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("timeout must be at least " + SHORTEST + ", not " + timeout);
        }
    }

    /**
     * Returns the job for one secret. The secret's tags override this job. A size that Fargate doesn't have becomes the
     * next larger one.
     *
     * <p>{@code autodump:timeout} limits the dump. The dumper itself ends a dump that takes longer and reports why, so
     * the job gets {@link #GRACE} on top. A restore check follows the dump and has no limit of its own, so a job with
     * one gets at least the timeout of this job.
     */
    public FargateJob forTags(JobLimits limits, DumpSettings settings) {
        String vcpu = limits.vcpu().orElse(size.vcpu());
        int memory = limits.memoryMib().orElse(size.memoryMib());
        Duration time = settings.timeout().map(limit -> limit.plus(GRACE)).orElse(timeout);
        boolean restores = settings.verify() == VerifyMode.RESTORE;
        return new FargateJob(
                FargateSize.atLeast(vcpu, memory), restores && time.compareTo(timeout) < 0 ? timeout : time);
    }
}
