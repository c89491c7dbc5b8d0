package io.autodump.cli.config;

import io.autodump.core.retention.RetentionPolicy;
import java.util.Optional;

/**
 * A store of {@code stores:}.
 *
 * @param name its name
 * @param location the place of its dumps
 * @param aws how it is reached; the settings of {@code aws:} if it has none of its own
 * @param retention which dumps it keeps; empty for the tag of each secret
 */
public record NamedStore(String name, StoreLocation location, AwsSettings aws, Optional<RetentionPolicy> retention) {
    NamedStore givingUpSoon() {
        return new NamedStore(name, location, aws.givingUpSoon(), retention);
    }
}
