package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.chaos.ChaosProcess.Plan;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.RecordKey;
import io.autodump.core.usecase.status.DumpListing;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.local.store.StoreLeftovers;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One machine with a secret, a folder of dumps and a folder for temporary files, and the check after a fault. */
final class ChaosWorld {
    static final PostgresEngine ENGINE = PostgresEngine.create();

    /** What every fault must leave behind of names: no class of Java's, no stack. */
    private static final List<String> JAVA = List.of("Exception", "java.", "\tat ", "sun.");

    private final Path folder;
    private final TestPostgres server;
    private final Set<DumpKey> verified = new HashSet<>();

    ChaosWorld(Path folder, TestPostgres server) {
        this.folder = folder;
        this.server = server;
        created("secrets");
        created("tmp");
        configure("");
        secret(server.secret(ChaosDatabase.SHOP), "");
    }

    private void created(String name) {
        try {
            Files.createDirectories(folder.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path folder() {
        return folder;
    }

    Path store() {
        return folder.resolve("dumps");
    }

    TestPostgres server() {
        return server;
    }

    /** With these lines more. */
    void configure(String more) {
        String clients = Files.exists(folder.resolve("clients")) ? "clients: [./clients]\n" : "";
        write(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n" + clients + more);
    }

    /** The secret {@code orders}, with these tags. */
    void secret(DatabaseSecret database, String tags) {
        Path file = folder.resolve("secrets").resolve("orders.json");
        write(
                file,
                ("{\"name\": \"orders\", \"tags\": {%s}, \"value\": {\"engine\": \"postgres\", \"endpoint\": \"%s\","
                                + " \"port\": %d, \"databasename\": \"%s\", \"username\": \"%s\", \"password\": \"%s\","
                                + " \"sslmode\": \"disable\"}}")
                        .formatted(
                                tags,
                                database.host(),
                                database.port(),
                                database.database(),
                                database.username(),
                                database.password().reveal()));
        keepPrivate(file);
    }

    /** A client of which {@code pg_dump} runs this script, in which the real one is on the path. */
    void client(String script) {
        created("clients");
        String path = "PATH='" + Clients.folder() + "':$PATH\n";
        Path clients = folder.resolve("clients");
        Script.write(
                clients.resolve("pg_dump"), path + "case $1 in --version|--help) exec pg_dump $1;; esac\n" + script);
        Script.write(clients.resolve("pg_restore"), path + "exec pg_restore \"$@\"");
        configure("");
    }

    Plan plan() {
        return new Plan(folder);
    }

    ChaosProcess autodump(String... arguments) {
        return plan().start(arguments);
    }

    /** The error of a command that failed as it should: this code, nothing published, and no word of Java's. */
    void assertFailed(ChaosProcess.Ended ended, String... codes) {
        assertThat(ended.exitStatus()).as(ended.toString()).isNotZero();
        assertThat(ended.err().lines().filter(line -> line.startsWith("AD-")))
                .as(ended.err())
                .hasSize(1)
                .allMatch(line -> Stream.of(codes).anyMatch(line::startsWith));
        assertPlain(ended);
    }

    static void assertPlain(ChaosProcess.Ended ended) {
        assertThat(ended.err()).doesNotContain(JAVA);
    }

    /** No dump is listed that can't be verified, and none was made. */
    void assertNothingPublished() {
        assertThat(listing().dumps()).isEmpty();
    }

    /** The check after each fault. */
    void assertRecovers() {
        assertRecovers(server.secret(ChaosDatabase.SHOP));
    }

    void assertRecovers(DatabaseSecret database) {
        assertEveryDumpIsWhole();
        nextRun(database);
        assertEveryDumpIsWhole();
        assertNothingLeft();
    }

    void assertEveryDumpIsWhole() {
        DumpListing listing = listing();
        assertThat(listing.unreadable()).as(ChaosForm.repeat()).isEmpty();
        listing.dumps().stream()
                .map(DumpManifest::key)
                .filter(key -> !verified.contains(key))
                .forEach(this::verify);
    }

    private void verify(DumpKey key) {
        inFolder(() -> autoDump().verify(key).manifest().key().equals(key));
        verified.add(key);
    }

    /** In this process, so that 300 of them take little time. */
    void nextRun(DatabaseSecret database) {
        nextRun(database, DumpSettings.defaults());
    }

    void nextRun(DatabaseSecret database, DumpSettings settings) {
        inFolder(() -> {
            DumpOutcome outcome = autoDump().dump("orders", database, settings, freeSecond(), DumpProgress.SILENT);
            return listing().dumps().contains(outcome.manifest());
        });
    }

    /** A run whose dump is there already has nothing to do, and so cleans nothing. */
    private Instant freeSecond() {
        Set<Instant> taken =
                listing().dumps().stream().map(DumpManifest::scheduledAt).collect(Collectors.toSet());
        Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        while (taken.contains(second)) {
            second = second.minusSeconds(1);
        }
        return second;
    }

    /** Nothing but finished dumps is in the store, nothing in the temporary folder, no session on the server. */
    void assertNothingLeft() {
        Set<Path> expected = new HashSet<>(Set.of(store().resolve(".autodump-tmp/lock")));
        listing().dumps().forEach(dump -> {
            expected.add(store().resolve(dump.key().value()));
            dump.parts()
                    .all()
                    .forEach(part -> expected.add(store().resolve(dump.key().partKey(part.name()))));
            expected.add(store().resolve(dump.key().manifestKey()));
        });
        assertThat(files(store()).stream().filter(file -> !isRecord(file)))
                .as(ChaosForm.repeat())
                .allMatch(expected::contains);
        assertThat(files(folder.resolve("tmp"))).as(ChaosForm.repeat()).isEmpty();
        assertThat(new StoreLeftovers(store()).filesWithoutManifest()).isEmpty();
        await("no session is left", () -> ChaosDatabase.sessions(server) == 0);
    }

    /** A failed run leaves a record beside where its dump would be. */
    private boolean isRecord(Path file) {
        return RecordKey.parse(store().relativize(file).toString()).isPresent();
    }

    /** Makes room for the next dumps. */
    void deleteDumps() {
        listing().dumps().forEach(dump -> autoDump().delete(dump.key()));
    }

    DumpListing listing() {
        return autoDump().list();
    }

    private AutoDump autoDump() {
        return autoDump(new DirectoryDumpStore(store()));
    }

    static AutoDump autoDump(DumpStore store) {
        return AutoDump.builder().engine(ENGINE).dumpStore(store).build();
    }

    /** What runs in this process leaves its temporary files where the command does, and cleans up there. */
    private synchronized void inFolder(BooleanSupplier work) {
        String before =
                System.setProperty("java.io.tmpdir", folder.resolve("tmp").toString());
        try {
            assertThat(work.getAsBoolean()).isTrue();
        } finally {
            System.setProperty("java.io.tmpdir", String.valueOf(before));
        }
    }

    static void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            ChaosProcess.pause();
        }
    }

    static List<Path> files(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void keepPrivate(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
