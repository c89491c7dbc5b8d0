package io.autodump.core.usecase.dump;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.wire.DatabaseSecretJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the connection of a secret from its value, with a new token if the secret has {@code autodump:auth=iam}.
 * Thread-safe.
 */
public final class ReadConnection {
    private final SecretValues values;
    private final Optional<DatabaseTokens> tokens;
    private final Set<String> engines;

    /**
     * Creates the use case with its ports.
     *
     * @param tokens empty if the process can't make tokens; secrets that need one are then refused
     * @param engines the engine names that a secret may have; empty for any
     */
    ReadConnection(SecretValues values, Optional<DatabaseTokens> tokens, Set<String> engines) {
        this.values = values;
        this.tokens = tokens;
        this.engines = engines;
    }

    /** Not API: {@link io.autodump.core.AutoDump#connection(TaggedSecret)} is. */
    public static ReadConnection of(Ports ports) {
        return new ReadConnection(
                ports.values(),
                ports.tokens(),
                ports.engines().map(Engines::names).orElse(Set.of()));
    }

    /** Not API: {@link io.autodump.core.AutoDump#connection(SecretId)} is. */
    public static DatabaseSecret of(Ports ports, SecretId id) {
        TaggedSecret secret = ports.catalog()
                .find(id)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + id + "\"; nothing was changed",
                        Hints.LIST_SECRETS));
        return of(ports).read(secret);
    }

    /**
     * Reads the secret's value from the port, never from memory.
     *
     * @throws AutoDumpException {@code INVALID_TAGS}, {@code INVALID_SECRET_VALUE}, {@code SECRET_NOT_FOUND}, {@code
     *     CATALOG_FAILED}, {@code TOKENS_MISSING}
     */
    public DatabaseSecret read(TaggedSecret secret) {
        SecretTags tags = SecretTags.read(secret.tags());
        tags.requireProtection(secret.name());
        return read(secret, tags.authentication());
    }

    /**
     * A problem of a tag stops the dump only if the tag's default could dump what should stay out of the dump. If the
     * dump fails anyway, one message names the problems of the tags and of the value.
     */
    SecretTags tags(TaggedSecret secret) {
        SecretTags tags = SecretTags.read(secret.tags());
        if (tags.problems().isEmpty()) {
            return tags;
        }
        List<Problem> ofValue = problems(secret);
        if (!ofValue.isEmpty() || !tags.problems().protection().isEmpty()) {
            List<Problem> problems = new ArrayList<>(tags.problems().all());
            problems.addAll(ofValue);
            throw new InvalidInputException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + secret.name(),
                    problems,
                    "docs/tags.md describes every tag and its accepted values");
        }
        return tags;
    }

    /**
     * Returns the problems of the secret's value, for a message that names all problems at once. Empty if the value
     * can't be read now. Makes no token.
     */
    List<Problem> problems(TaggedSecret secret) {
        Authentication authentication =
                Authentication.IAM.text().equals(secret.tags().get(TagNames.AUTH))
                        ? Authentication.IAM
                        : Authentication.PASSWORD;
        try {
            DatabaseSecretJson.parse(secret.name(), values.read(secret.id()), engines, authentication);
            return List.of();
        } catch (InvalidInputException invalid) {
            return invalid.problems();
        } catch (AutoDumpException unreadable) {
            return unreadable.code() == ErrorCode.INVALID_SECRET_VALUE
                    ? List.of(new Problem("value", unreadable.getMessage()))
                    : List.of();
        }
    }

    DatabaseSecret read(TaggedSecret secret, Authentication authentication) {
        if (authentication == Authentication.PASSWORD) {
            return DatabaseSecretJson.parse(secret.name(), values.read(secret.id()), engines);
        }
        DatabaseTokens maker = tokens.orElseThrow(() -> new AutoDumpException(
                ErrorCode.TOKENS_MISSING,
                "secret " + secret.name() + " asks for " + TagNames.AUTH + "=iam, and this process can't make tokens;"
                        + " nothing was dumped",
                "dump it on AWS (secrets: aws), or put a password into the secret and remove the tag"));
        DatabaseSecret tokenless =
                DatabaseSecretJson.parse(secret.name(), values.read(secret.id()), engines, Authentication.IAM);
        return DatabaseSecret.builder()
                .from(tokenless)
                .password(maker.token(tokenless.host(), tokenless.port(), tokenless.username()))
                .build();
    }
}
