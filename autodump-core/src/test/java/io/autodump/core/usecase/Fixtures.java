package io.autodump.core.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.core.contract.TagNames;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemorySecrets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** One secret, one instant and some bytes, as most tests here need them. */
public final class Fixtures {
    public static final SecretId ORDERS = SecretId.of("orders");
    public static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final byte[] BYTES = "a dump, whole from end to end".getBytes(UTF_8);
    public static final Map<String, String> DAILY_AT_EIGHT = Map.of(TagNames.START_SCHEDULE, "0 8 * * *");
    public static final SecretValue VALUE = SecretValue.of("""
            {"username":"app","password":"hunter2","databasename":"shop","endpoint":"localhost","engine":"postgres"}""");

    private Fixtures() {}

    public static InMemorySecrets secrets(Map<String, String> tags) {
        return new InMemorySecrets().put(secret("orders", tags), VALUE);
    }

    public static TaggedSecret secret(String name, Map<String, String> tags) {
        return TaggedSecret.builder()
                .id(SecretId.of(name))
                .name(name)
                .tags(tags)
                .build();
    }
}
