package io.autodump.cli.monitor;

import io.autodump.cli.report.CommandHints;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.plan.DatabaseSelection;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.TaggedSecret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds databases that no secret dumps, on the servers that the tagged secrets name. Not thread-safe. */
final class Coverage {
    private final Adapters machine;
    private final List<AutoDumpException> failures = new ArrayList<>();
    private final Map<String, List<Known>> servers = new TreeMap<>();

    private Coverage(Adapters machine) {
        this.machine = machine;
    }

    /** A tagged secret, and which databases of the server are dumped with it. */
    private record Known(String secretName, DatabaseSecret database, Optional<DatabaseSelection> selection) {
        boolean dumps(String name) {
            return selection
                    .map(patterns -> patterns.matches(name))
                    .orElse(database.database().equals(name));
        }
    }

    /**
     * One database of a server.
     *
     * @param server its host and port
     * @param database its name
     * @param secrets the tagged secrets with which it is dumped; empty if none does
     */
    record Database(String server, String database, List<String> secrets) {}

    /**
     * The answer.
     *
     * @param databases all databases of all servers that could be asked
     * @param failures why some secrets or servers couldn't
     */
    record Result(List<Database> databases, List<AutoDumpException> failures) {
        List<Database> uncovered() {
            return databases.stream()
                    .filter(database -> database.secrets().isEmpty())
                    .toList();
        }
    }

    static Result of(Adapters machine) {
        return new Coverage(machine).result();
    }

    private Result result() {
        Adapters.TaggedSecrets tagged = machine.tagged();
        tagged.failure().ifPresent(failures::add);
        tagged.secrets().forEach(this::read);
        List<Database> found = new ArrayList<>();
        servers.forEach((server, known) -> found.addAll(databases(server, known)));
        return new Result(found, failures.stream().map(CommandHints.WORDS::in).toList());
    }

    private void read(TaggedSecret secret) {
        try {
            DatabaseSecret database = machine.autoDump().connection(secret);
            servers.computeIfAbsent(
                            database.host().toLowerCase(Locale.ROOT) + ":" + database.port(), any -> new ArrayList<>())
                    .add(new Known(
                            secret.name(),
                            database,
                            SecretTags.read(secret.tags()).databases()));
        } catch (AutoDumpException unreadable) {
            failures.add(unreadable);
        }
    }

    private List<Database> databases(String server, List<Known> known) {
        return names(known)
                .orElseGet(() ->
                        known.stream().map(each -> each.database().database()).toList())
                .stream()
                .distinct()
                .sorted(Comparator.naturalOrder())
                .map(name -> new Database(server, name, secrets(known, name)))
                .toList();
    }

    private static List<String> secrets(List<Known> known, String name) {
        return known.stream()
                .filter(each -> each.dumps(name))
                .map(Known::secretName)
                .toList();
    }

    /** Asks with each secret of the server until one is let in. Keeps the first failure if none is. */
    private Optional<List<String>> names(List<Known> known) {
        Optional<AutoDumpException> failure = Optional.empty();
        for (Known each : known) {
            try {
                return Optional.of(machine.byName().of(each.database()).databases(each.database()));
            } catch (AutoDumpException refused) {
                failure = failure.or(() -> Optional.of(refused));
            }
        }
        failure.ifPresent(failures::add);
        return Optional.empty();
    }
}
