package io.autodump.aws.stepfunctions;

import java.util.Optional;

/**
 * The state of a run of a deployment.
 *
 * @param running whether it waits or dumps
 * @param succeeded whether it has ended well: with a dump, or superseded
 * @param output the JSON object of a run that has ended well
 * @param cause why it failed, for a person
 */
public record DeployedRun(boolean running, boolean succeeded, Optional<String> output, Optional<String> cause) {}
