package io.autodump.core.job;

import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import java.time.Duration;

/**
 * What a job on Fargate is started with.
 *
 * @param size CPU and memory
 * @param timeout after how long the job is ended from outside, whatever it is doing; at least {@link #SHORTEST}
 */
public record JobSize(FargateSize size, Duration timeout) {
    /** AWS Batch user guide, "Job timeouts": less than 60 seconds isn't accepted. */
    public static final Duration SHORTEST = Duration.ofSeconds(60);

    /** How much longer than a dump its job lives: to start, to check and to say how it ended. */
    public static final Duration GRACE = Duration.ofMinutes(5);

    /** 1 vCPU, 2,048 MiB, 4 hours: the size where neither a secret's tags nor the deployment name one. */
    public static final JobSize DEFAULT = new JobSize(FargateSize.atLeast("1", 2048), Duration.ofHours(4));

    public JobSize {
        if (timeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("a job has at least " + SHORTEST + ", not " + timeout);
        }
    }

    /**
     * The size for one secret, whose tags go before this one. Sizes that Fargate doesn't have are raised to the next one.
     *
     * <p>{@code autodump:timeout} limits the dump, and the dumper keeps it by itself, saying why; so the job gets
     * {@link #GRACE} on top. A restore check comes after the dump and has no limit of its own: with one, the job gets
     * at least as long as this size has.
     */
    public JobSize forTags(JobLimits limits, DumpSettings settings) {
        String vcpu = limits.vcpu().orElse(size.vcpu());
        int memory = limits.memoryMib().orElse(size.memoryMib());
        Duration time = settings.timeout().map(limit -> limit.plus(GRACE)).orElse(timeout);
        boolean restores = settings.verify() == VerifyMode.RESTORE;
        return new JobSize(FargateSize.atLeast(vcpu, memory), restores && time.compareTo(timeout) < 0 ? timeout : time);
    }
}
