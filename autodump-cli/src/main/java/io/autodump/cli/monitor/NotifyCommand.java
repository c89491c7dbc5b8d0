package io.autodump.cli.monitor;

import io.autodump.cli.report.ChannelText;
import io.autodump.cli.report.StatusDocument;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import io.autodump.local.notify.ChannelState;
import io.autodump.local.notify.Notifier;
import io.autodump.local.notify.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump notify}. */
@Command(
        name = "notify",
        description = {
            "Lists the channels of \"notify:\" in autodump.yaml, and says whether they work.",
            "With --test, sends a test notice first. Exits with status 5 if a channel doesn't deliver it."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump notify", "  autodump notify --test", "  autodump notify --test slack"})
public final class NotifyCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only these channels.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--test", description = "Send a test notice to each channel.")
    private boolean test;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /** Gets the adapters and the terminal once the options are parsed. */
    public NotifyCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        List<Subscription> channels = channels(machine);
        boolean delivered = !test || test(machine, terminal, channels);
        List<ChannelState> states = ChannelText.states(machine, channels, terminal);
        if (json) {
            terminal.printDocument(StatusDocument.channels(states));
        } else if (channels.isEmpty()) {
            terminal.say("no channel is configured; add one under notify: in "
                    + machine.configuration().file());
        } else {
            new ChannelText(terminal).print(channels, states);
        }
        return delivered ? 0 : ErrorCode.EVENT_FAILED.category().exitStatus();
    }

    private List<Subscription> channels(Adapters machine) {
        List<Subscription> all = machine.configuration().channels();
        List<String> known = all.stream().map(Subscription::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new AutoDumpException(
                        ErrorCode.INVALID_ARGUMENT,
                        "no channel is named \"" + name + "\"; nothing was sent" + NearestName.didYouMean(name, known),
                        "list the channels with: autodump notify");
            }
        }
        return all.stream()
                .filter(channel -> names.isEmpty() || names.contains(channel.name()))
                .toList();
    }

    private static boolean test(Adapters machine, Terminal terminal, List<Subscription> channels) {
        boolean delivered = true;
        try (Notifier notifier = machine.notifier(terminal::warn)) {
            for (Subscription channel : channels) {
                Optional<String> failure =
                        notifier.test(channel.name(), machine.clock().instant());
                terminal.say(channel.name() + ": "
                        + failure.map(why -> "failed: " + why).orElse("the test notice was delivered"));
                delivered &= failure.isEmpty();
            }
        }
        return delivered;
    }
}
