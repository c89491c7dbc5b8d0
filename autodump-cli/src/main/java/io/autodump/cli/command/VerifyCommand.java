package io.autodump.cli.command;

import io.autodump.cli.report.Documents;
import io.autodump.cli.report.DumpText;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.usage.IdentityOption;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.usecase.restore.VerifyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Reads a whole dump. Its SHA-256 must match the manifest, and its list of contents must be complete.",
            "Without an identity, only the bytes of an encrypted dump are compared.",
            "Exits with status 5 if the stored file differs from what was dumped."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump verify latest:orders",
            "  autodump verify orders/shop/2026/11/22/shop-2026-11-22T02-00-00Z.dump"
        })
final class VerifyCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            paramLabel = "DUMP",
            description = {
                "The id or the key of a dump, its file or s3:// URI in the store, latest:NAME, or",
                "latest-proven:NAME."
            })
    private String dump = "";

    @Mixin
    private IdentityOption identity = new IdentityOption();

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        Adapters machine = context.machine().withIdentity(identity.file(context::resolve));
        DumpManifest manifest = new DumpReference(context, machine).find(dump);
        VerifyReport report = verify(terminal, machine, manifest);
        if (json) {
            terminal.printDocument(Documents.verify(report));
        } else {
            terminal.print(terminal.style().good("OK") + ": SHA-256 " + ofParts(report.manifest()) + "matches, "
                    + contents(report));
            new DumpText(terminal).print(report.manifest());
        }
        return 0;
    }

    private static String contents(VerifyReport report) {
        if (!report.contentsRead()) {
            return "the contents weren't read: the dump is encrypted, and no identity was given (--identity FILE)";
        }
        return report.archiveEntries()
                .map(entries -> Text.count(entries, "archive entr", "y is", "ies are") + " readable")
                .orElse("the script is complete");
    }

    private static String ofParts(DumpManifest manifest) {
        int parts = manifest.parts().all().size();
        return parts == 0 ? "" : "of " + Text.count(parts, "part") + " ";
    }

    private static VerifyReport verify(Terminal terminal, Adapters machine, DumpManifest manifest) {
        try (ProgressDisplay progress = terminal.progress("verify")) {
            progress.expect(manifest.storedBytes(), true);
            return machine.autoDump().verify(manifest.key(), progress);
        }
    }
}
