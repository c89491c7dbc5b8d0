package io.autodump.cli.monitor;

import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.AwsPlace;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One account and region of several.
 *
 * @param profile the AWS profile; empty for the default credentials
 * @param region the region; empty for that of the profile
 * @param opener asks AWS for the account, and makes the adapters; throws if the account can't be reached
 */
public record HubTarget(Optional<String> profile, Optional<String> region, Supplier<Opened> opener) {
    /** An account that was reached, and its adapters. */
    public record Opened(AwsPlace place, Adapters adapters) {}

    /** Names the target by the options that chose it. */
    @Override
    public String toString() {
        return "profile " + profile.orElse("(default)") + ", region " + region.orElse("(default)");
    }
}
