package io.autodump.core.plan;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.autodump.core.internal.ValueStyle;
import io.autodump.core.secret.SecretId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.immutables.value.Value;

/**
 * One run of one secret. It waits until {@link #when()}; its dump is made only if the hash of the secret's tags still
 * matches then. Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class ScheduledRun {
    /** The longest execution name, in characters (AWS Step Functions API reference, StartExecution). */
    public static final int MAX_NAME_LENGTH = 80;

    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int HASH_LENGTH = 16;

    ScheduledRun() {}

    /** The id of the secret whose database is dumped. */
    public abstract SecretId secretId();

    /** The name of that secret. */
    public abstract String secretName();

    /** When the run is due, the jitter included. Part of the dump's key, to the second. */
    public abstract Instant when();

    /** The hash of the effective schedule when the run was started. */
    public abstract TagsHash tagsHash();

    /**
     * Returns the name of the execution, at most {@value #MAX_NAME_LENGTH} characters. It consists of the secret's
     * name (every character except {@code A-Za-z0-9_-} replaced by a hyphen), the instant, and a hash of id, instant
     * and tags hash. The same run always has the same name, so starting it twice has no effect. Two different runs
     * have different names.
     */
    public String executionName() {
        String identity = String.join(
                "\n", secretId().value(), when().toString(), tagsHash().value());
        byte[] sha256 =
                Hashing.sha256().hashString(identity, StandardCharsets.UTF_8).asBytes();
        String suffix = "-" + COMPACT.format(when()) + "-"
                + BaseEncoding.base16().lowerCase().encode(sha256).substring(0, HASH_LENGTH);
        String readable = secretName().replaceAll("[^A-Za-z0-9_-]", "-");
        return readable.substring(0, Math.min(readable.length(), MAX_NAME_LENGTH - suffix.length())) + suffix;
    }

    /** Starts a run without any value. */
    public static Builder builder() {
        return ImmutableScheduledRun.builder();
    }

    /**
     * Builds a {@link ScheduledRun}. Every value is required. If a value is set twice, the last one counts. No
     * argument may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another run. */
        public abstract Builder from(ScheduledRun instance);

        /** The id of the secret whose database is dumped. Required. */
        public abstract Builder secretId(SecretId secretId);

        /** The name of that secret. Required. */
        public abstract Builder secretName(String secretName);

        /** When the run is due; part of the dump's key, which has whole seconds. Required. */
        public abstract Builder when(Instant when);

        /** The hash of the effective schedule when the run was started. Required. */
        public abstract Builder tagsHash(TagsHash tagsHash);

        /**
         * Builds the run.
         *
         * @throws IllegalStateException if a value is missing; the message names all that are missing
         */
        public abstract ScheduledRun build();
    }
}
