package io.autodump.cli.monitor;

import io.autodump.cli.report.ChannelText;
import io.autodump.cli.report.StatusDocument;
import io.autodump.cli.report.StatusText;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.Monitoring;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.usecase.status.StatusReport;
import io.autodump.local.notify.ChannelState;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump status}. */
@Command(
        name = "status",
        description = {
            "Says for each database whether it has a good dump.",
            "Exits with status 6 if a database is failing, overdue, suspicious or unprotected, or if one of its dumps"
                    + " lacks its copy in another store, so that any monitor can call it.",
            "With several profiles or regions, separated by commas, shows the databases of all these AWS accounts. In"
                    + " the store, {account} and {region} stand for those of each."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump status",
            "  autodump status orders stock --margin PT4H",
            "  autodump status --profile shop,bank --region eu-central-1,us-east-1 --secrets aws \\",
            "      --store s3://dumps-{account}-{region}",
            "  autodump status --json | jq -r '.databases[] | select(.needsOperator).name'"
        })
public final class StatusCommand implements Callable<Integer> {
    /** The exit status if a database needs an operator. No error has it. */
    public static final int TROUBLE = 6;

    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;
    private final Supplier<List<HubTarget>> targets;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Show only these secrets.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--margin",
            paramLabel = "DURATION",
            defaultValue = "PT2H",
            description = "How long after a run its dump is overdue, in addition to autodump:timeout. Default: PT2H.")
    private String margin = "PT2H";

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /**
     * Gets the adapters and the terminal once the options are parsed.
     *
     * @param targets the accounts and regions, if the options name several; otherwise empty
     */
    public StatusCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals, Supplier<List<HubTarget>> targets) {
        this.adapters = adapters;
        this.terminals = terminals;
        this.targets = targets;
    }

    @Override
    public Integer call() {
        Duration lateness = margin();
        List<HubTarget> several = targets.get();
        return several.isEmpty() ? ofOne(lateness) : ofSeveral(several, lateness);
    }

    private Integer ofSeveral(List<HubTarget> several, Duration lateness) {
        Terminal terminal = terminals.get();
        List<HubText.Part> parts = HubStatus.of(several, lateness, names);
        HubText text = new HubText(terminal, parts);
        if (json) {
            terminal.printDocument(text.document());
        } else {
            text.print();
        }
        text.warn();
        return HubStatus.exitStatus(parts);
    }

    private Integer ofOne(Duration lateness) {
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        names.forEach(machine::secret);
        StatusReport report =
                Monitoring.of(machine.wiredWithCopies().build(), lateness).status(names);
        List<ChannelState> channels =
                ChannelText.states(machine, machine.configuration().channels(), terminal);
        if (json) {
            terminal.printDocument(StatusDocument.of(report, channels));
        } else if (report.databases().isEmpty() && report.failures().isEmpty()) {
            terminal.say("no secret in " + machine.secrets().place() + " has an autodump: tag");
        } else {
            new StatusText(terminal, report.checkedAt()).print(report);
        }
        report.failures().forEach(terminal::warn);
        new ChannelText(terminal).warn(channels);
        return exitStatus(report);
    }

    static int exitStatus(StatusReport report) {
        if (!report.trouble().isEmpty()) {
            return TROUBLE;
        }
        return report.failures().isEmpty()
                ? 0
                : ErrorCode.CATALOG_FAILED.category().exitStatus();
    }

    private Duration margin() {
        try {
            Duration parsed = Duration.parse(margin);
            if (!parsed.isNegative()) {
                return parsed;
            }
        } catch (DateTimeException unreadable) {
            // Reported below, like a negative duration.
        }
        throw new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                "--margin is an ISO-8601 duration such as PT4H, not \"" + margin + "\"; nothing was done",
                "see: autodump status --help");
    }
}
