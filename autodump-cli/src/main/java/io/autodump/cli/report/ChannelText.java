package io.autodump.cli.report;

import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.local.notify.ChannelState;
import io.autodump.local.notify.ChannelStates;
import io.autodump.local.notify.NoticeType;
import io.autodump.local.notify.Subscription;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the channels for a person. Not thread-safe. */
public final class ChannelText {
    private static final String NONE = "-";

    private final Terminal terminal;

    /** Prints to this terminal. */
    public ChannelText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Returns how well channels work, in their order. */
    public static List<ChannelState> states(Adapters machine, List<Subscription> channels, Terminal terminal) {
        ChannelStates states = new ChannelStates(machine.configuration().state(), machine.clock(), terminal::warn);
        return channels.stream().map(channel -> states.of(channel.name())).toList();
    }

    /** Prints a table with one channel per line. */
    public void print(List<Subscription> channels, List<ChannelState> states) {
        Table table = Table.create()
                .left("CHANNEL")
                .left("OUTCOMES")
                .left("DATABASES")
                .left("LAST DELIVERED")
                .left("PROBLEM");
        for (int i = 0; i < channels.size(); i++) {
            Subscription channel = channels.get(i);
            ChannelState state = states.get(i);
            table.row(
                    channel.name(),
                    channel.types().stream().sorted().map(NoticeType::text).collect(Collectors.joining(", ")),
                    channel.databases().isEmpty() ? "all" : String.join(", ", channel.databases()),
                    state.deliveredAt().map(DumpText::instant).orElse("never"),
                    state.problem().orElse(NONE));
        }
        terminal.print(String.join(System.lineSeparator(), table.lines(terminal.style())));
    }

    /** Warns of channels that lost notices since they last delivered one. */
    public void warn(List<ChannelState> states) {
        for (ChannelState state : states) {
            state.failedAt()
                    .ifPresent(at -> terminal.warn("channel " + state.name() + " lost "
                            + Text.count(state.failures(), "notice") + ", the last at " + DumpText.instant(at) + ": "
                            + state.problem().orElse("unknown") + "; try it with: autodump notify --test "
                            + state.name()));
        }
    }
}
