package io.autodump.dumper;

import com.sun.net.httpserver.HttpServer;
import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.secretsmanager.SecretsManagerValues;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.secret.SecretId;
import io.autodump.postgres.PostgresEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Runs the AWS and JDBC code once against a stub, so that class-data sharing records its classes while the image is
 * built. Nothing leaves the process.
 */
final class WarmUp {
    /** A port without a service. */
    private static final int NOBODY = 1;
    /** The response of Secrets Manager for a secret that doesn't exist. S3's client needs only the status. */
    private static final byte[] NOTHING = "{\"__type\":\"ResourceNotFoundException\"}".getBytes(StandardCharsets.UTF_8);

    private WarmUp() {}

    /** Returns a text that says that the libraries are complete. Throws a {@link LinkageError} if one isn't. */
    static String run() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(404, exchange.getRequestMethod().equals("HEAD") ? -1 : NOTHING.length);
                exchange.getResponseBody().write(NOTHING);
            }
        });
        server.start();
        try {
            call(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
        unanswered(() -> PostgresEngine.create().source().prepare(database(), DumpSettings.defaults()));
        return "libraries are whole";
    }

    private static void call(URI endpoint) {
        try (AwsClients clients = AwsClients.builder()
                .region("us-east-1")
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing")))
                .endpoint(endpoint)
                .build()) {
            Instant instant = Instant.EPOCH;
            DumpKey key = DumpKey.of(Optional.empty(), "nobody", "nothing", instant, ".dump");
            SecretId secret = SecretId.of("nobody");
            unanswered(() -> new SecretsManagerCatalog(clients.secretsManager()).find(secret));
            unanswered(() -> new SecretsManagerValues(clients.secretsManager()).read(secret));
            unanswered(() -> S3DumpStore.builder(clients.s3(), "nobody").build().find(key));
            unanswered(() -> S3DumpStore.builder(clients.s3(), "nobody").build().begin(key));
        }
    }

    private static DatabaseSecret database() {
        return DatabaseSecret.builder()
                .host("127.0.0.1")
                .port(NOBODY)
                .database("nothing")
                .username("nobody")
                .password(Password.of("nothing"))
                .build();
    }

    private static void unanswered(Runnable call) {
        try {
            call.run();
        } catch (AutoDumpException expected) {
            // The connection must fail: there is no server.
        }
    }
}
