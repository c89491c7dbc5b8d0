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
@Command(name = "names", hidden = true, description = "Prints the names of secrets, dumps or stores, for completion.")
public final class NamesCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(paramLabel = "WHAT", description = "secrets, dumps or stores.")
    private What what = What.SECRETS;

    private enum What {
        SECRETS,
        DUMPS,
        STORES
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
            switch (what) {
                case SECRETS ->
                    machine.tagged().secrets().stream().map(TaggedSecret::name).forEach(this::print);
                case DUMPS -> dumps(machine);
                case STORES -> machine.configuration().stores().all().forEach(store -> print(store.name()));
            }
        } catch (AutoDumpException unreadable) {
            // A shell that completes a line is no place for a message.
        }
        return 0;
    }

    private void dumps(Adapters machine) {
        machine.tagged().secrets().stream()
                .map(secret -> "latest:" + secret.name())
                .forEach(this::print);
        try (Stream<DumpKey> keys = machine.store().list()) {
            keys.map(DumpId::of).forEach(this::print);
        }
    }

    private void print(String name) {
        terminals.get().print(Text.line(name));
    }
}
