package io.autodump.core.usecase.dump;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.wire.DatabaseSecretJson;
import java.util.Optional;

/** The connection that a secret stands for: what it holds, or with {@code autodump:auth=iam} a token. Thread-safe. */
public final class ReadConnection {
    private final SecretValues values;
    private final Optional<DatabaseTokens> tokens;

    /**
     * Builds the use case from its ports.
     *
     * @param tokens empty where none can be made; secrets that ask for one are then refused
     */
    public ReadConnection(SecretValues values, Optional<DatabaseTokens> tokens) {
        this.values = values;
        this.tokens = tokens;
    }

    /**
     * Reads the secret's value anew.
     *
     * @throws AutoDumpException {@code INVALID_TAGS}, {@code INVALID_SECRET_VALUE}, {@code SECRET_NOT_FOUND}, {@code
     *     CATALOG_FAILED}, {@code TOKENS_MISSING}
     */
    public DatabaseSecret read(TaggedSecret secret) {
        return read(secret, SecretTags.parse(secret.name(), secret.tags()).authentication());
    }

    DatabaseSecret read(TaggedSecret secret, Authentication authentication) {
        if (authentication == Authentication.PASSWORD) {
            return DatabaseSecretJson.parse(secret.name(), values.read(secret.id()));
        }
        DatabaseTokens maker = tokens.orElseThrow(() -> new AutoDumpException(
                ErrorCode.TOKENS_MISSING,
                "secret " + secret.name() + " asks for " + TagNames.AUTH + "=iam, and tokens can be made on AWS alone;"
                        + " nothing was dumped",
                "dump it on AWS (secrets: aws), or put a password into the secret and remove the tag"));
        SecretValue value = values.read(secret.id());
        return DatabaseSecretJson.parse(secret.name(), value, maker);
    }
}
