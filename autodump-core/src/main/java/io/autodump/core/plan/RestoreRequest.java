package io.autodump.core.plan;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** What a restore by a deployment on AWS shall do. It holds no password. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class RestoreRequest {
    RestoreRequest() {}

    /** The id of the secret of the database to restore into. */
    public abstract SecretId target();

    /** When the restore was asked for. It tells two requests apart. */
    public abstract Instant when();

    /** The bucket of the dump. */
    public abstract String bucket();

    /** The beginning of all keys of the store in that bucket, without a slash at either end. Default: none. */
    @Value.Default
    public String prefix() {
        return "";
    }

    /** The dump. */
    public abstract DumpKey dump();

    /** The database on the target's server. Empty by default: the one that the secret names. */
    public abstract Optional<String> database();

    /** Whether nothing is changed, and the job only says what would fail. Default: false. */
    @Value.Default
    public boolean dryRun() {
        return false;
    }

    /** How the dump is restored. Default: {@link RestoreOptions#DEFAULTS}. */
    @Value.Default
    public RestoreOptions options() {
        return RestoreOptions.DEFAULTS;
    }

    /** Starts a request without a value. */
    public static Builder builder() {
        return ImmutableRestoreRequest.builder();
    }

    /**
     * Builds a {@link RestoreRequest}. {@code target}, {@code when}, {@code bucket} and {@code dump} are required. If a
     * value is set twice, the last one counts. No argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another request. */
        public abstract Builder from(RestoreRequest instance);

        /** The id of the secret of the database to restore into. Required. */
        public abstract Builder target(SecretId target);

        /** When the restore was asked for. Required. */
        public abstract Builder when(Instant when);

        /** The bucket of the dump. Required. */
        public abstract Builder bucket(String bucket);

        /** The beginning of all keys of the store, without a slash at either end. Default: none. */
        public abstract Builder prefix(String prefix);

        /** The dump. Required. */
        public abstract Builder dump(DumpKey dump);

        /** The database on the target's server. Default: the one that the secret names. */
        public abstract Builder database(String database);

        /** The database on the target's server; empty, the default, for the one that the secret names. */
        public abstract Builder database(Optional<String> database);

        /** Whether nothing is changed. Default: false. */
        public abstract Builder dryRun(boolean dryRun);

        /** How the dump is restored. Default: {@link RestoreOptions#DEFAULTS}. */
        public abstract Builder options(RestoreOptions options);

        /**
         * Builds the request.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract RestoreRequest build();
    }
}
