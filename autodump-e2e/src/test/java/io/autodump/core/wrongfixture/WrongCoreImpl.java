package io.autodump.core.wrongfixture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autodump.postgres.client.PostgresClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Reads files, knows an adapter, has a clock of its own and shows a library's type, under a forbidden suffix. */
public final class WrongCoreImpl {
    private WrongCoreImpl() {}

    static Instant now() {
        return Clock.systemUTC().instant();
    }

    static boolean exists(Path path) {
        return Files.exists(path);
    }

    static Thread thread(Runnable work) {
        return new Thread(work);
    }

    public static Optional<JsonNode> json(PostgresClients clients) {
        return clients.all().isEmpty() ? Optional.empty() : Optional.of(new ObjectMapper().createObjectNode());
    }
}
