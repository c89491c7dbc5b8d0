package io.autodump.cli.monitor;

import io.autodump.cli.monitor.Coverage.Database;
import io.autodump.cli.report.StatusDocument;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.error.AutoDumpException;
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
                    + " status 6 if it finds one."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump coverage", "  autodump coverage --except scratch --except \"test_*\""})
public final class CoverageCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Option(
            names = "--except",
            paramLabel = "DATABASE",
            description = "Don't report this database; * stands for any characters. May be repeated.")
    private List<String> except = new ArrayList<>();

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /** Gets the adapters and the terminal once the options are parsed. */
    public CoverageCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.get();
        Coverage.Result result = Coverage.of(adapters.get());
        List<Database> uncovered = result.uncovered().stream()
                .filter(database -> except.stream().noneMatch(pattern -> matches(pattern, database.database())))
                .toList();
        if (json) {
            terminal.printDocument(document(result));
        } else {
            print(terminal, result.databases(), uncovered);
        }
        result.failures().forEach(failure -> terminal.warn(failure.report()));
        return exitStatus(uncovered, result.failures());
    }

    private String document(Coverage.Result result) {
        return StatusDocument.coverage(
                databases -> {
                    for (Database database : result.databases()) {
                        databases
                                .addObject()
                                .put("server", database.server())
                                .put("database", database.database())
                                .put(
                                        "excepted",
                                        except.stream().anyMatch(pattern -> matches(pattern, database.database())))
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

    private static int exitStatus(List<Database> uncovered, List<AutoDumpException> failures) {
        if (!uncovered.isEmpty()) {
            return StatusCommand.TROUBLE;
        }
        return failures.stream()
                .mapToInt(failure -> failure.code().category().exitStatus())
                .max()
                .orElse(0);
    }
}
