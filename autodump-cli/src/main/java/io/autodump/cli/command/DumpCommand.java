package io.autodump.cli.command;

import com.google.common.util.concurrent.Uninterruptibles;
import io.autodump.cli.report.Documents;
import io.autodump.cli.report.DumpText;
import io.autodump.cli.report.WordedEvents;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.Interruption;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.notify.Notifier;
import io.autodump.core.usecase.dump.RunOutcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dump",
        description = {
            "Dumps the database of a secret now, regardless of its schedule; with autodump:databases, each of them.",
            "If the dump fails, nothing appears in the store."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump dump orders", "  autodump dump orders --json | jq -r .manifest.key"})
final class DumpCommand implements Callable<Integer> {
    /** How long a dump may take to end after its child process was stopped. Its thread is interrupted then. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Context context;

    @Parameters(paramLabel = "NAME", description = "The name of the secret.")
    private String name = "";

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    DumpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        Adapters machine = context.machineWithSecrets();
        TaggedSecret secret = machine.secret(name);
        RunOutcome outcome = dump(terminal, machine, secret);
        DumpText text = new DumpText(terminal);
        if (json) {
            terminal.printDocument(Documents.dump(outcome));
        } else {
            outcome.dumps().forEach(text::print);
        }
        outcome.manifests().forEach(text::warn);
        if (!json) {
            outcome.requireAll();
        }
        return outcome.failure()
                .map(failure -> failure.code().category().exitStatus())
                .orElse(0);
    }

    private RunOutcome dump(Terminal terminal, Adapters machine, TaggedSecret secret) {
        Interruption interruption = context.interruption();
        Thread self = Thread.currentThread();
        AtomicBoolean connecting = new AtomicBoolean(true);
        CountDownLatch ended = new CountDownLatch(1);
        // Before the child process starts, only an interrupt ends a connection attempt. Later it ends a slow upload.
        Runnable stopper = () -> {
            if (connecting.get() || !Uninterruptibles.awaitUninterruptibly(ended, LONGEST_END)) {
                self.interrupt();
            }
        };
        Supplier<RunOutcome> work = () -> {
            try {
                return dump(terminal, machine, secret, connecting);
            } finally {
                ended.countDown();
            }
        };
        return interruption.during(work, stopper, "nothing was published");
    }

    private RunOutcome dump(Terminal terminal, Adapters machine, TaggedSecret secret, AtomicBoolean connecting) {
        // The display ends before the notifier waits for receivers.
        try (Notifier notifier = machine.notifier(terminal::warn);
                ProgressDisplay progress = terminal.progress(name)) {
            DumpSource source = context.interruption().stopping((database, settings) -> {
                machine.configuration()
                        .otherBucket(database.bucket())
                        .ifPresent(words -> terminal.warn("secret " + name + ": " + words));
                PreparedDump prepared = machine.byName().source().prepare(database, settings);
                connecting.set(false);
                if (arrivesUncompressed(prepared, settings)) {
                    progress.expect(prepared.databaseBytes(), false);
                }
                return prepared;
            });
            return machine.wired()
                    .dumpSource(source)
                    .dumpEvents(new WordedEvents(notifier))
                    .build()
                    .dumpAll(secret.id(), machine.clock().instant(), progress);
        }
    }

    /** Only an uncompressed dump can be compared with the size of the database. */
    private static boolean arrivesUncompressed(PreparedDump prepared, DumpSettings settings) {
        return settings.compression().equals(Compression.NONE)
                || !prepared.fileType().outerCompression().equals(Compression.NONE);
    }
}
