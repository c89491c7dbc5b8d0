package io.autodump.cli.monitor;

import io.autodump.cli.page.PageSource;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.core.usecase.status.OverviewReport;
import io.autodump.local.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code autodump report}. */
@Command(
        name = "report",
        description = {
            "Writes a page about all databases: an HTML file that needs no network.",
            "Says how many databases are protected, and shows the last 60 days of each. Exits with status 6 if a"
                    + " database needs an operator, like status."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump report --html backups.html",
            "  autodump report --html - | mail-it",
            "  autodump run --http 8080     shows the same page at http://127.0.0.1:8080/"
        })
public final class ReportCommand implements Callable<Integer> {
    private static final Set<String> STANDARD_OUTPUT = Set.of("-", "/dev/stdout");

    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;
    private final UnaryOperator<Path> paths;

    @Option(
            names = "--html",
            required = true,
            paramLabel = "FILE",
            description = "The file to write; - for standard output. A file is replaced when the page is complete.")
    private String file = "";

    /** Gets the adapters and the terminal once the options are parsed. */
    public ReportCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals, UnaryOperator<Path> paths) {
        this.adapters = adapters;
        this.terminals = terminals;
        this.paths = paths;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.get();
        PageSource source = new PageSource(adapters.get());
        OverviewReport report = source.look();
        String page = source.page(report);
        if (STANDARD_OUTPUT.contains(file)) {
            terminal.printDocument(page);
        } else {
            Path target = paths.apply(Path.of(file));
            write(target, page);
            terminal.say(
                    "wrote " + target + ", " + Text.count(report.databases().size(), "database"));
        }
        report.failures().forEach(terminal::warn);
        return StatusCommand.exitStatus(report.status());
    }

    /** A web server may read the file at any time, so it is replaced at once. */
    private static void write(Path target, String page) {
        if (Files.isDirectory(target)) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    target + " is a folder; nothing was written",
                    "name a file in it: --html " + target.resolve("backups.html"));
        }
        try {
            WholeFile.write(target, page.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.OUTPUT_FAILED,
                    target + " can't be written: " + IoReason.of(failed),
                    "choose another file with --html",
                    failed);
        }
    }
}
