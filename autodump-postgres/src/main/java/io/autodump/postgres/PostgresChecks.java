package io.autodump.postgres;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DatabaseChecks;
import io.autodump.core.port.Leftover;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.restore.ScratchRestoreCheck;
import io.autodump.postgres.server.MissingPrivileges;
import io.autodump.postgres.server.Preflight;
import io.autodump.postgres.server.ServerFacts;
import io.autodump.process.PrivateFolders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks PostgreSQL's client programs and a server. Thread-safe. */
final class PostgresChecks implements DatabaseChecks {
    private static final String CLIENTS = "clients";
    private static final String CLOCK_HINT =
            "set the clock that is wrong; dumps are scheduled and named by this machine's";

    private final Supplier<PostgresClients> clients;

    PostgresChecks(Supplier<PostgresClients> clients) {
        this.clients = clients;
    }

    @Override
    public List<Finding> clients() {
        if (clients.get().all().isEmpty()) {
            return List.of(Finding.failed(
                    CLIENTS,
                    "pg_dump",
                    ErrorCode.CLIENT_NOT_FOUND,
                    clients.get().whereNone(),
                    "install them (apt-get install postgresql-client, dnf install postgresql or brew install libpq), or "
                            + Hints.CLIENT_FOLDERS));
        }
        List<Finding> findings = new ArrayList<>();
        clients.get().all().stream().map(PostgresChecks::whole).forEach(findings::add);
        clients.get().unusable().stream()
                .map(why -> Finding.warning(CLIENTS, "pg_dump", why, "repair it, or remove it"))
                .forEach(findings::add);
        leftovers().ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> leftovers() {
        List<Leftover> left = PrivateFolders.leftBehind();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        CLIENTS,
                        "leftovers",
                        Leftover.summary(left, "folder", "with passwords or archives of processes that were killed"),
                        "the next dump removes them"));
    }

    private static Finding whole(PostgresClient client) {
        try {
            client.requireWhole();
            return client.losesSequences()
                    ? Finding.warning(
                            CLIENTS,
                            "pg_dump",
                            place(client)
                                    + ": this release leaves out the positions of sequences that it can't read, without"
                                    + " an error. AutoDump looks at the privileges first, but a sequence can vanish later",
                            "update it to 18.2 or newer")
                    : Finding.ok(CLIENTS, "pg_dump", place(client));
        } catch (AutoDumpException broken) {
            return Finding.failed(CLIENTS, "pg_dump", broken);
        }
    }

    @Override
    public List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings) {
        try {
            ServerFacts facts = Preflight.inspect(database, settings);
            List<Finding> findings = new ArrayList<>(List.of(
                    Finding.ok(secretName, "connection", connection(facts)),
                    tls(secretName, database, facts),
                    privileges(secretName, facts.missingPrivileges()),
                    client(secretName, facts.serverMajor())));
            facts.clock().ifPresent(words -> findings.add(Finding.warning(secretName, "clock", words, CLOCK_HINT)));
            facts.warnings().forEach(warning -> findings.add(pattern(secretName, warning)));
            facts.notIncluded().forEach(thing -> findings.add(notIncluded(secretName, thing)));
            return findings;
        } catch (AutoDumpException failure) {
            return List.of(Finding.failed(secretName, "connection", failure));
        }
    }

    @Override
    public Finding scratch(String secretName, DatabaseSecret server) {
        try {
            new ScratchRestoreCheck(clients.get(), server).checkReady(server);
            return Finding.ok(secretName, "scratch server", "ready for restore checks");
        } catch (AutoDumpException failure) {
            return Finding.failed(secretName, "scratch server", failure);
        }
    }

    @Override
    public Finding scratch(String secretName, DatabaseSecret server, DatabaseSecret database, DumpSettings settings) {
        try {
            new ScratchRestoreCheck(clients.get(), server).checkReady(database, settings);
            return Finding.ok(secretName, "scratch server", "can take what a dump will hold");
        } catch (AutoDumpException failure) {
            return Finding.failed(secretName, "scratch server", failure);
        }
    }

    private static String connection(ServerFacts facts) {
        return "PostgreSQL " + facts.serverVersion() + (facts.replica() ? ", a replica" : "") + ", "
                + (facts.databaseBytes() >> 20) + " MiB on its disk";
    }

    private static Finding tls(String secretName, DatabaseSecret database, ServerFacts facts) {
        String mode = "sslmode " + database.tls().text();
        if (facts.tlsProtocol().isEmpty()) {
            return database.isLocal()
                    ? Finding.ok(secretName, "TLS", "none; the server is on this machine")
                    : Finding.warning(
                            secretName,
                            "TLS",
                            "none: others on the network can read passwords and rows (" + mode + ")",
                            "set sslmode to verify-full in the secret's value");
        }
        String protocol = facts.tlsProtocol().get() + ", " + mode;
        return database.tls().isWeak() && !database.isLocal()
                ? Finding.warning(
                        secretName,
                        "TLS",
                        protocol + ": the server's identity isn't verified",
                        "set sslmode to verify-full in the secret's value, and sslrootcert to the CA certificate")
                : Finding.ok(secretName, "TLS", protocol);
    }

    private static Finding privileges(String secretName, MissingPrivileges missing) {
        return missing.isNone()
                ? Finding.ok(secretName, "privileges", "the user can read everything that a dump needs")
                : Finding.failed(
                        secretName,
                        "privileges",
                        ErrorCode.PRIVILEGES_MISSING,
                        "can't be read: " + missing.summary(),
                        String.join("; ", missing.remedies()));
    }

    private static Finding pattern(String secretName, String warning) {
        return Finding.warning(secretName, "tags", warning, "correct the tag; docs/tags.md describes its patterns");
    }

    private static Finding notIncluded(String secretName, NotIncluded thing) {
        return Finding.warning(secretName, "not included", thing.toString(), thing.remedy());
    }

    private Finding client(String secretName, int serverMajor) {
        try {
            return Finding.ok(
                    secretName, "client", "pg_dump " + place(clients.get().forServer(serverMajor)));
        } catch (AutoDumpException failure) {
            return Finding.failed(secretName, "client", failure);
        }
    }

    private static String place(PostgresClient client) {
        return client.version() + " in " + client.binFolder();
    }
}
