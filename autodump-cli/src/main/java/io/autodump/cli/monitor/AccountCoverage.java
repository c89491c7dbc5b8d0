package io.autodump.cli.monitor;

import io.autodump.aws.rds.RdsInventory;
import io.autodump.aws.rds.RdsServer;
import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.StatusDocument;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.secret.TaggedSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds instances and clusters in RDS to which no tagged secret leads. Connects to none of them. Reads a secret's value
 * only if its tags don't name its server, and only while there is a server without a secret. Not thread-safe.
 */
final class AccountCoverage {
    private final Adapters machine;
    private final Map<RdsServer, List<String>> secrets = new LinkedHashMap<>();
    private final List<RdsServer> otherEngines = new ArrayList<>();
    private final List<AutoDumpException> failures = new ArrayList<>();
    private final Predicate<String> excepted;

    private AccountCoverage(Adapters machine, Predicate<String> excepted) {
        this.machine = machine;
        this.excepted = excepted;
    }

    /**
     * Looks.
     *
     * @param servers all of the account in the region
     * @param excepted names of servers that aren't reported
     */
    static AccountCoverage of(Adapters machine, List<RdsServer> servers, Predicate<String> excepted) {
        AccountCoverage coverage = new AccountCoverage(machine, excepted);
        servers.forEach(coverage::add);
        coverage.look();
        return coverage;
    }

    private void add(RdsServer server) {
        boolean known =
                machine.engines().stream().anyMatch(engine -> engine.names().contains(server.engine()));
        if (known) {
            secrets.put(server, new ArrayList<>());
        } else {
            otherEngines.add(server);
        }
    }

    private void look() {
        Adapters.TaggedSecrets tagged = machine.tagged();
        tagged.failure().ifPresent(failures::add);
        List<TaggedSecret> unsaid = new ArrayList<>();
        for (TaggedSecret secret : tagged.secrets()) {
            boolean said = false;
            for (Map.Entry<RdsServer, List<String>> server : secrets.entrySet()) {
                Optional<Boolean> leads = RdsInventory.isForByTags(secret, server.getKey());
                leads.filter(yes -> yes).ifPresent(yes -> server.getValue().add(secret.name()));
                said |= leads.isPresent();
            }
            if (!said) {
                unsaid.add(secret);
            }
        }
        for (TaggedSecret secret : unsaid) {
            if (uncovered().isEmpty()) {
                return;
            }
            read(secret);
        }
    }

    private void read(TaggedSecret secret) {
        try {
            String host = machine.autoDump().connection(secret).host().toLowerCase(Locale.ROOT);
            secrets.forEach((server, names) -> {
                if (server.hosts().contains(host)) {
                    names.add(secret.name());
                }
            });
        } catch (AutoDumpException unreadable) {
            failures.add(unreadable);
        }
    }

    List<RdsServer> uncovered() {
        return secrets.entrySet().stream()
                .filter(server -> server.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(server -> !excepted.test(server.name()))
                .toList();
    }

    List<AutoDumpException> failures() {
        return failures.stream().map(CommandHints.WORDS::in).toList();
    }

    String document() {
        return StatusDocument.servers(
                servers -> secrets.forEach((server, names) -> {
                    var node = servers.addObject()
                            .put("name", server.name())
                            .put("kind", server.kind())
                            .put("engine", server.engine())
                            .put("excepted", excepted.test(server.name()));
                    node.set(
                            "hosts",
                            StatusDocument.texts(
                                    server.hosts().stream().sorted().toList()));
                    node.set("secrets", StatusDocument.texts(names));
                }),
                otherEngines.stream().map(RdsServer::name).toList(),
                failures().stream().map(AutoDumpException::report).toList());
    }

    void print(Terminal terminal) {
        List<RdsServer> uncovered = uncovered();
        if (!uncovered.isEmpty()) {
            Table table = Table.create()
                    .left("SERVER WITHOUT A SECRET")
                    .left("KIND")
                    .left("ENGINE")
                    .left("HOST");
            uncovered.forEach(server -> table.row(server.name(), server.kind(), server.engine(), host(server)));
            terminal.print(String.join(System.lineSeparator(), table.lines(terminal.style())));
            terminal.print("");
        }
        String others = otherEngines.isEmpty()
                ? ""
                : "; left out " + Text.count(otherEngines.size(), "server") + " of other engines";
        terminal.print(Text.count(secrets.size(), "server") + " in RDS: " + uncovered.size()
                + " without a tagged secret" + others);
    }

    private static String host(RdsServer server) {
        return server.hosts().stream().sorted().findFirst().orElse("-");
    }
}
