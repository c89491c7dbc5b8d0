package io.autodump.postgres;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers and client programs of other versions than the usual ones of the tests. */
public final class OtherVersions {
    private OtherVersions() {}

    /** The jar of a server's binaries, which the build copies; the test is skipped without it. */
    public static Path server(int major) {
        Path jar = Path.of("target", "postgres-servers", "postgres-" + major + ".jar");
        assumeThat(jar).as("PostgreSQL %s is tested by make test-all", major).exists();
        return jar;
    }

    /** Client programs that {@code scripts/ensure-clients} unpacks; the test is skipped without them. */
    public static PostgresClient client(int major) {
        Optional<PostgresClient> found = find(major);
        assumeThat(found)
                .as(
                        "there are no client programs of PostgreSQL %s; scripts/ensure-clients unpacks 17 and 18 as root on"
                                + " Debian",
                        major)
                .isPresent();
        return found.orElseThrow();
    }

    /** Empty without them. */
    public static Optional<PostgresClient> find(int major) {
        List<Path> folders = Stream.concat(unpacked(major).stream(), Stream.of(installed(major)))
                .toList();
        return PostgresClients.of(folders).all().stream().findFirst();
    }

    /** Nothing but these client programs. */
    public static PostgresClients clients(int... majors) {
        List<Path> folders = Arrays.stream(majors)
                .mapToObj(major -> client(major).binFolder())
                .toList();
        return PostgresClients.of(folders);
    }

    private static Path installed(int major) {
        return Path.of("/usr/lib/postgresql", String.valueOf(major), "bin");
    }

    private static List<Path> unpacked(int major) {
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("autodump");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(cache)) {
            return folders.filter(folder -> folder.getFileName().toString().matches("postgresql-" + major + "-[^.]+"))
                    .map(folder -> folder.resolve("bin"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
