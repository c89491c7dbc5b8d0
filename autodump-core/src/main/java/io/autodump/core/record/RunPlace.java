package io.autodump.core.record;

import java.util.Optional;

/**
 * Where a run was made, so that its log can be found. Immutable.
 *
 * @param host the name of the machine
 * @param jobId the id of the job, for example of AWS Batch
 * @param logStream the log stream of the job
 */
public record RunPlace(Optional<String> host, Optional<String> jobId, Optional<String> logStream) {
    /** The place isn't known. */
    public static final RunPlace UNKNOWN = new RunPlace(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns a place of which only the name of the machine is known. */
    public static RunPlace onHost(String host) {
        return new RunPlace(Optional.of(host), Optional.empty(), Optional.empty());
    }
}
