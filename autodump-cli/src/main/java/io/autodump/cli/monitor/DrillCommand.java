package io.autodump.cli.monitor;

import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.DrillDocument;
import io.autodump.cli.report.DrillText;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.usage.IdentityOption;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.DrillSettings;
import io.autodump.cli.wiring.Interruption;
import io.autodump.core.Monitoring;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.record.Attestation;
import io.autodump.core.secret.TaggedSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump drill}. */
@Command(
        name = "drill",
        description = {
            "Proves dumps by restoring them: the latest dump of each secret, or one dump.",
            "Restores into the scratch server of autodump.yaml. Without one, starts a server for the drill, if the"
                    + " server programs of the dump's version are installed. Compares the bytes, the objects and the"
                    + " rows, and leaves a record beside the dump."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump drill",
            "  autodump drill orders --assert orders.sql",
            "  autodump drill --dump orders/shop/2026/11/22/shop-2026-11-22T02-00-00Z.dump"
        })
public final class DrillCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final BiFunction<Adapters, String, DumpKey> finder;
    private final Function<Path, Path> resolver;
    private final Interruption interruption;
    private final Supplier<Terminal> terminals;
    private int worst;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Drill the latest dump of these secrets. Default: of all tagged secrets.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--dump",
            paramLabel = "DUMP",
            description = "Drill this dump: its key, its file or s3:// URI in the store, or latest-proven:NAME.")
    private Optional<String> dump = Optional.empty();

    @Option(
            names = "--assert",
            paramLabel = "FILE",
            description = "Execute this file of SQL in the restored database, instead of the file that autodump.yaml"
                    + " names. Each statement must return no rows, or rows of one boolean column that are all true.")
    private Optional<Path> assertions = Optional.empty();

    @Option(
            names = "--newer-server",
            description = "Accept a scratch server of a newer major version, to rehearse an upgrade.")
    private boolean newerServer;

    @Mixin
    private IdentityOption identity = new IdentityOption();

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /**
     * Gets the adapters and the terminal once the options are parsed.
     *
     * @param finder finds the key of the dump that a reference names
     * @param resolver makes a path of the command line absolute
     * @param interruption stops the drill when the process must end
     */
    public DrillCommand(
            Supplier<Adapters> adapters,
            BiFunction<Adapters, String, DumpKey> finder,
            Function<Path, Path> resolver,
            Interruption interruption,
            Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.finder = finder;
        this.resolver = resolver;
        this.interruption = interruption;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        if (dump.isPresent() && !names.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "NAME and --dump contradict each other; nothing was done",
                    "see: autodump drill --help");
        }
        Thread self = Thread.currentThread();
        return interruption.during(this::drill, self::interrupt, "the restored database is removed");
    }

    private int drill() {
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get().withIdentity(identity.file(resolver));
        DrillDocument document = new DrillDocument();
        if (dump.isPresent()) {
            drill(machine, terminal, document, dump.get(), finder.apply(machine, dump.get()));
        } else {
            names.forEach(machine::secret);
            secrets(machine, terminal).forEach(name -> drillLatest(machine, terminal, document, name));
        }
        if (json) {
            terminal.printDocument(document.text());
        }
        return worst;
    }

    private List<String> secrets(Adapters machine, Terminal terminal) {
        if (!names.isEmpty()) {
            return names;
        }
        Adapters.TaggedSecrets tagged = machine.tagged();
        tagged.failure().ifPresent(failure -> fail(terminal, failure));
        tagged.requireSome(machine.secrets().place(), "nothing was restored");
        return tagged.secrets().stream().map(TaggedSecret::name).toList();
    }

    private void drillLatest(Adapters machine, Terminal terminal, DrillDocument document, String name) {
        Optional<DumpKey> latest = Monitoring.of(machine.autoDump()).latest(name);
        if (latest.isPresent()) {
            drill(machine, terminal, document, name, latest.get());
        } else if (names.isEmpty()) {
            terminal.warn("there is no dump of " + Text.line(name) + " to drill");
        } else {
            AutoDumpException missing = new AutoDumpException(
                    ErrorCode.DUMP_NOT_FOUND,
                    "there is no finished dump of \"" + Text.line(name) + "\"; nothing was restored",
                    "make one with: autodump dump " + Text.line(name));
            document.add(name, missing);
            fail(terminal, missing);
        }
    }

    private void drill(Adapters machine, Terminal terminal, DrillDocument document, String subject, DumpKey key) {
        try {
            Attestation attestation = drill(machine, terminal, subject, key);
            document.add(attestation);
            if (!json) {
                new DrillText(terminal).print(attestation);
            }
        } catch (AutoDumpException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            AutoDumpException failure = CommandHints.WORDS.in(failed);
            document.add(subject, failure);
            fail(terminal, failure);
        }
    }

    private Attestation drill(Adapters machine, Terminal terminal, String subject, DumpKey key) {
        Optional<DumpManifest> manifest = readable(machine, key);
        String secret = manifest.map(DumpManifest::secretName).orElse(subject);
        DrillOptions options = options(machine, secret);
        try (ProgressDisplay progress = terminal.progress("drill " + subject)) {
            manifest.ifPresent(known -> progress.expect(known.storedBytes(), true));
            return Monitoring.of(machine.autoDump()).drill(key, options, progress);
        }
    }

    /** The drill reports a manifest that can't be read. */
    private static Optional<DumpManifest> readable(Adapters machine, DumpKey key) {
        try {
            return machine.store().find(key);
        } catch (AutoDumpException unreadable) {
            return Optional.empty();
        }
    }

    private DrillOptions options(Adapters machine, String secretName) {
        DrillOptions.Builder options = DrillOptions.builder()
                .from(new DrillSettings(machine).of(secretName))
                .newerServer(newerServer);
        assertions.map(resolver).map(DrillSettings::read).ifPresent(options::assertions);
        return options.build();
    }

    private void fail(Terminal terminal, AutoDumpException failure) {
        terminal.fail(failure.report());
        worst = Math.max(worst, failure.code().category().exitStatus());
    }
}
