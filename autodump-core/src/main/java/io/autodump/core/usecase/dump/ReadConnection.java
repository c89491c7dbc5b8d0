package io.autodump.core.usecase.dump;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.SourceServer;
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
    private final Optional<String> database;

    /**
     * Creates the use case with its ports.
     *
     * @param tokens empty if the process can't make tokens; secrets that need one are then refused
     * @param engines the engine names that a secret may have; empty for any
     */
    ReadConnection(SecretValues values, Optional<DatabaseTokens> tokens, Set<String> engines) {
        this(values, tokens, engines, Optional.empty());
    }

    private ReadConnection(
            SecretValues values, Optional<DatabaseTokens> tokens, Set<String> engines, Optional<String> database) {
        this.values = values;
        this.tokens = tokens;
        this.engines = engines;
        this.database = database;
    }

    /** Connects to this database of the server, instead of the one that the secret names. */
    ReadConnection to(String name) {
        return new ReadConnection(values, tokens, engines, Optional.of(name));
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
        return read(secret, tags, SourceServer.WRITER);
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
        try {
            DatabaseSecretJson.parse(secret.name(), values.read(secret), engines, SecretTags.read(secret.tags()));
            return List.of();
        } catch (InvalidInputException invalid) {
            return invalid.problems();
        } catch (AutoDumpException unreadable) {
            return unreadable.code() == ErrorCode.INVALID_SECRET_VALUE
                    ? List.of(new Problem("value", unreadable.getMessage()))
                    : List.of();
        }
    }

    /** Reads the connection to the writer, or to the reader if one is asked for and known. */
    DatabaseSecret read(TaggedSecret secret, SecretTags tags, SourceServer server) {
        if (isByToken(tags) && tokens.isEmpty()) {
            throw tokensMissing(secret);
        }
        DatabaseSecret writer = DatabaseSecretJson.parse(secret.name(), values.read(secret), engines, tags);
        DatabaseSecret chosen =
                server == SourceServer.READER ? writer.ofReader().orElse(writer) : writer;
        DatabaseSecret.Builder connection = DatabaseSecret.builder().from(chosen);
        database.ifPresent(connection::database);
        tokens.filter(maker -> isByToken(tags))
                .ifPresent(maker -> connection.password(maker.token(chosen.host(), chosen.port(), chosen.username())));
        return connection.build();
    }

    private static boolean isByToken(SecretTags tags) {
        return tags.authentication() == Authentication.IAM;
    }

    private static AutoDumpException tokensMissing(TaggedSecret secret) {
        return new AutoDumpException(
                ErrorCode.TOKENS_MISSING,
                "secret " + secret.name() + " asks for " + TagNames.AUTH + "=iam, and this process can't make tokens;"
                        + " nothing was dumped",
                "dump it on AWS (secrets: aws), or put a password into the secret and remove the tag");
    }
}
