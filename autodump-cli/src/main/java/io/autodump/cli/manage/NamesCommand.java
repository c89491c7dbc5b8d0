package io.autodump.cli.manage;

import io.autodump.cli.report.DumpId;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.secret.TaggedSecret;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints names for the completion of shells, one a line, and nothing if anything is wrong. */
@Command(name = "names", hidden = true, description = "Prints the names of secrets or dumps, for completion.")
public final class NamesCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(paramLabel = "WHAT", description = "secrets or dumps.")
    private What what = What.SECRETS;

    private enum What {
        SECRETS,
        DUMPS
    }

    /** Gets the adapters and the terminal once the options are parsed. */
    public NamesCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        try {
            Adapters machine = adapters.get();
            if (what == What.DUMPS) {
                machine.tagged().secrets().stream()
                        .map(secret -> "latest:" + secret.name())
                        .forEach(this::print);
                try (Stream<DumpKey> keys = machine.store().list()) {
                    keys.map(DumpId::of).forEach(this::print);
                }
            } else {
                machine.tagged().secrets().stream().map(TaggedSecret::name).forEach(this::print);
            }
        } catch (AutoDumpException unreadable) {
            // A shell that completes a line is no place for a message.
        }
        return 0;
    }

    private void print(String name) {
        terminals.get().print(Text.line(name));
    }
}
