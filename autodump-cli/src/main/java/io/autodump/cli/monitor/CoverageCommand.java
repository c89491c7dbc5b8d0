package io.autodump.cli.monitor;

import io.autodump.cli.monitor.Coverage.Database;
import io.autodump.cli.report.StatusDocument;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.AwsAccount;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code autodump coverage}. */
@Command(
        name = "coverage",
        description = {
            "Finds databases that no secret dumps, on the servers that the tagged secrets name.",
            "Leaves out templates, databases of the server's provider, and an empty database \"postgres\". Exits with"
                    + " status 6 if it finds one.",
            "With --account, finds instances and clusters of RDS without a tagged secret, in the AWS account and region."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump coverage",
            "  autodump coverage --except scratch --except \"test_*\"",
            "  autodump coverage --account --secrets aws --except \"sandbox-*\""
        })
public final class CoverageCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Option(
            names = "--except",
            paramLabel = "NAME",
            description = "Don't report this database, or with --account this server; * stands for any characters. May"
                    + " be repeated.")
    private List<String> except = new ArrayList<>();

    @Option(
            names = "--account",
            description = "Compare the secrets with the instances and clusters in RDS instead, without connecting to"
                    + " any of them.")
    private boolean account;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /** Gets the adapters and the terminal once the options are parsed. */
    public CoverageCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        return account ? ofAccount() : ofServers();
    }

    private Integer ofAccount() {
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        requireOnAws(machine);
        AccountCoverage coverage = AccountCoverage.of(
                machine, AwsAccount.of(machine.configuration()).servers(), this::isExcepted);
        if (json) {
            terminal.printDocument(coverage.document());
        } else {
            coverage.print(terminal);
        }
        coverage.failures().forEach(failure -> terminal.warn(failure.report()));
        return exitStatus(!coverage.uncovered().isEmpty(), coverage.failures());
    }

    private static void requireOnAws(Adapters machine) {
        if (!machine.configuration().hasSecretsOnAws()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--account compares with the secrets of an AWS account, and those of this configuration are"
                            + " elsewhere; nothing was done",
                    "set \"secrets: aws\", or pass --secrets aws");
        }
    }

    private boolean isExcepted(String name) {
        return except.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private Integer ofServers() {
        Terminal terminal = terminals.get();
        Coverage.Result result = Coverage.of(adapters.get());
        List<Database> uncovered = result.uncovered().stream()
                .filter(database -> !isExcepted(database.database()))
                .toList();
        if (json) {
            terminal.printDocument(document(result));
        } else {
            print(terminal, result.databases(), uncovered);
        }
        result.failures().forEach(failure -> terminal.warn(failure.report()));
        return exitStatus(!uncovered.isEmpty(), result.failures());
    }

    private String document(Coverage.Result result) {
        return StatusDocument.coverage(
                databases -> {
                    for (Database database : result.databases()) {
                        databases
                                .addObject()
                                .put("server", database.server())
                                .put("database", database.database())
                                .put("excepted", isExcepted(database.database()))
                                .set("secrets", StatusDocument.texts(database.secrets()));
                    }
                },
                result.failures().stream().map(AutoDumpException::report).toList());
    }

    private static boolean matches(String pattern, String name) {
        return name.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
    }

    private static void print(Terminal terminal, List<Database> all, List<Database> uncovered) {
        if (!uncovered.isEmpty()) {
            Table table = Table.create().left("SERVER").left("DATABASE WITHOUT A DUMP");
            uncovered.forEach(database -> table.row(database.server(), database.database()));
            terminal.print(String.join(System.lineSeparator(), table.lines(terminal.style())));
            terminal.print("");
        }
        long servers = all.stream().map(Database::server).distinct().count();
        terminal.print(Text.count(all.size(), "database") + " on " + Text.count(servers, "server") + ": "
                + uncovered.size() + " without a dump");
    }

    private static int exitStatus(boolean uncovered, List<AutoDumpException> failures) {
        if (uncovered) {
            return StatusCommand.TROUBLE;
        }
        return failures.stream()
                .mapToInt(failure -> failure.code().category().exitStatus())
                .max()
                .orElse(0);
    }
}
