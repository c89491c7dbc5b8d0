package io.autodump.cli.command;

import io.autodump.cli.report.Documents;
import io.autodump.cli.report.DumpText;
import io.autodump.cli.report.ListText;
import io.autodump.cli.report.StockRestoreText;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.usage.DumpChoice;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.usecase.status.DumpListing;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = {
            "Lists finished dumps, oldest first.",
            "Exits with status 2 if a manifest can't be read (the other dumps are listed), or if there is neither"
                    + " a dump nor a secret with the given name."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump list",
            "  autodump list orders --since 7d",
            "  autodump list --latest",
            "  autodump list orders --json | jq -r '.dumps[-1].key'",
            "  autodump list --show-restore latest:orders"
        })
final class ListCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "List only the dumps of this secret.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--limit", paramLabel = "NUMBER", description = "List only the newest NUMBER dumps.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "List only dumps since then: 12h, 7d, a date (2026-11-01) or an instant in UTC.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--latest", description = "List only the latest dump of each secret and database.")
    private boolean latest;

    @Option(names = "--long", description = "Also show keys, tables and durations, in lines of any length.")
    private boolean longer;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    @Option(
            names = "--show-restore",
            paramLabel = "DUMP",
            description = {
                "Print the shell commands that restore this dump without AutoDump.",
                "DUMP is a key, a file or s3:// URI in the store, or latest:NAME."
            })
    private Optional<String> showRestore = Optional.empty();

    ListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        Adapters machine = context.machineForQuestion();
        if (showRestore.isPresent()) {
            return showRestore(machine, showRestore.get());
        }
        DumpChoice choice = DumpChoice.of(limit, since, latest, machine.clock().instant());
        DumpListing found = machine.autoDump().list(name);
        if (found.dumps().isEmpty() && found.unreadable().isEmpty()) {
            name.ifPresent(secret -> requireSecret(machine, secret));
        }
        DumpListing listing = new DumpListing(choice.of(found.dumps()), found.unreadable(), found.proven());
        if (json) {
            terminal.printDocument(Documents.list(listing));
        } else if (listing.dumps().isEmpty() && !found.dumps().isEmpty()) {
            terminal.say("none of " + Text.count(found.dumps().size(), "dump") + " is that new");
        } else if (listing.dumps().isEmpty()) {
            terminal.say("no dumps" + name.map(secret -> " of " + secret).orElse("")
                    + " yet; make one with: autodump dump " + name.orElse("NAME"));
        } else if (longer) {
            new DumpText(terminal).print(listing);
        } else {
            new ListText(terminal, machine.clock().instant()).print(listing);
        }
        listing.unreadable().forEach(problem -> terminal.warn(problem.toString()));
        return listing.unreadable().isEmpty()
                ? 0
                : ErrorCode.INVALID_DOCUMENT.category().exitStatus();
    }

    private int showRestore(Adapters machine, String dump) {
        if (json || name.isPresent()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--show-restore prints commands for one dump, neither a list nor JSON",
                    "run: autodump list --show-restore " + Text.line(dump));
        }
        String store = machine.configuration().store().toString();
        new StockRestoreText(context.terminal()).print(new DumpReference(context, machine).find(dump), store);
        return 0;
    }

    /** Accepts any name if the secrets can't be read: a user who lists dumps may not be allowed to read secrets. */
    private static void requireSecret(Adapters machine, String name) {
        try {
            machine.secret(name);
        } catch (AutoDumpException failure) {
            if (failure.code() == ErrorCode.SECRET_NOT_FOUND || failure.code() == ErrorCode.INVALID_ARGUMENT) {
                throw failure;
            }
        }
    }
}
