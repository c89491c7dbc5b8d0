package io.autodump.postgres.client;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sets of PostgreSQL client programs on this machine. Chooses the set for a server or an archive. {@code pg_dump}
 * can read servers of its own major version and older ones, never newer ones. It prefers the same major version, whose
 * scripts the server itself can read (PostgreSQL manual, "pg_dump", notes). Immutable and thread-safe.
 */
public final class PostgresClients {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final List<PostgresClient> clients;
    private final List<String> unusable;
    private final String place;

    private PostgresClients(ClientFolders.Found found, String place) {
        this.unusable = found.unusable();
        this.place = place;
        this.clients = found.clients().stream()
                .sorted(Comparator.comparingInt(PostgresClient::major)
                        .thenComparing(PostgresClient::version, PostgresClients::compareVersions))
                .collect(Collectors.toUnmodifiableList());
    }

    /** Searches the folders of {@code PATH} and the folders where the packages of common systems put the programs. */
    public static PostgresClients discover() {
        return new PostgresClients(ClientFolders.probe(ClientFolders.usual(System.getenv())), "on this machine");
    }

    /** Searches only these folders. Skips folders without a {@code pg_dump} that runs. */
    public static PostgresClients of(List<Path> binFolders) {
        String names = binFolders.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new PostgresClients(ClientFolders.probe(binFolders), "in " + names);
    }

    /** Returns all sets, sorted by version, oldest first. */
    public List<PostgresClient> all() {
        return clients;
    }

    /** Returns why each other {@code pg_dump} that was found can't be used. Unmodifiable. */
    public List<String> unusable() {
        return unusable;
    }

    /** Says where no client programs were found, and which can't be used. For a message. */
    public String whereNone() {
        return unusable.isEmpty()
                ? "no pg_dump was found " + place
                : "no pg_dump that works was found " + place + ": " + String.join("; ", unusable);
    }

    /**
     * Returns the client for a server: of the same major version, otherwise of the next newer one.
     *
     * @param serverMajor for example 17
     * @throws AutoDumpException {@code CLIENT_NOT_FOUND} if there is no client, {@code CLIENT_TOO_OLD} if all are older
     */
    public PostgresClient forServer(int serverMajor) {
        return nearest(serverMajor, "the server is PostgreSQL " + serverMajor);
    }

    /**
     * Returns the client that reads an archive: of the major version that wrote it, otherwise of the next newer one.
     *
     * @param clientVersion the version of the {@code pg_dump} that wrote it, as in the manifest
     * @throws AutoDumpException {@code CLIENT_NOT_FOUND} or {@code CLIENT_TOO_OLD}
     */
    public PostgresClient forArchive(String clientVersion) {
        int major = MajorVersion.of(clientVersion)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.INVALID_DOCUMENT,
                        "\"" + clientVersion + "\" isn't the version of a pg_dump; nothing was changed",
                        "look at clientVersion in the dump's manifest"));
        return nearest(major, "the dump was written by pg_dump " + clientVersion);
    }

    private PostgresClient nearest(int major, String why) {
        if (clients.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.CLIENT_NOT_FOUND,
                    why + ", and " + whereNone() + "; nothing was written",
                    (unusable.isEmpty() ? "" : "run it by hand and see what it says, or ")
                            + "install the client programs: " + installCommand(major));
        }
        Optional<PostgresClient> same =
                clients.stream().filter(client -> client.major() == major).reduce((older, newer) -> newer);
        return same.or(() -> clients.stream()
                        .filter(client -> client.major() > major)
                        .findFirst())
                .orElseThrow(() -> tooOld(major, why));
    }

    private AutoDumpException tooOld(int major, String why) {
        PostgresClient newest = clients.get(clients.size() - 1);
        return new AutoDumpException(
                ErrorCode.CLIENT_TOO_OLD,
                why + ", and the newest client here is " + newest.version() + " (" + newest.binFolder()
                        + "), which can't read it; nothing was written",
                "install the client programs of version " + major + ": " + installCommand(major));
    }

    static String installCommand(int major) {
        return "apt-get install postgresql-client-" + major + " (Debian, Ubuntu; older releases need the PGDG"
                + " repository), dnf install postgresql" + major
                + " (Red Hat, Amazon Linux) or brew install postgresql@"
                + major;
    }

    /** Compares by number, so that 15.9 comes before 15.10. */
    private static int compareVersions(String left, String right) {
        int[] ours = numbers(left);
        int[] theirs = numbers(right);
        return Arrays.compare(ours, theirs);
    }

    private static int[] numbers(String version) {
        return NUMBER.matcher(version)
                .results()
                .mapToInt(number -> Integer.parseInt(number.group()))
                .toArray();
    }

    @Override
    public String toString() {
        return clients.toString();
    }
}
