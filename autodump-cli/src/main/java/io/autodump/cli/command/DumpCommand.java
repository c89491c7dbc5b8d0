package io.autodump.cli.command;

import com.google.common.util.concurrent.Uninterruptibles;
import io.autodump.cli.copy.AfterDump;
import io.autodump.cli.doctor.DryRun;
import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.Documents;
import io.autodump.cli.report.DumpText;
import io.autodump.cli.report.SecretPlan;
import io.autodump.cli.report.WordedEvents;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.Adapters.TaggedSecrets;
import io.autodump.cli.wiring.Interruption;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.dump.RunOutcome;
import io.autodump.local.notify.Notifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dump",
        description = {
            "Dumps the databases of secrets now, one after the other, regardless of their schedules; with"
                    + " autodump:databases, each database of the server.",
            "With copy-to in the configuration, the dumps are copied to other stores afterwards.",
            "If a dump fails, nothing of it appears in the store, and the next one is made. The exit status is that of"
                    + " the worst failure."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump dump orders",
            "  autodump dump orders bills",
            "  autodump dump --all --dry-run",
            "  autodump dump orders --json | jq -r .manifest.key"
        })
final class DumpCommand implements Callable<Integer> {
    /** How long a dump may take to end after its child process was stopped. Its thread is interrupted then. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "The names of the secrets.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--all",
            description = "Dump all secrets with tags of AutoDump that aren't paused and belong to this deployment.")
    private boolean all;

    @Option(
            names = "--dry-run",
            description =
                    "Connect, check everything that a dump checks first, and dump nothing. With autodump:databases, for each"
                            + " database that matches.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print a JSON document for each dump.")
    private boolean json;

    DumpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        Adapters machine = context.machineWithSecrets();
        requireNamesOrAll();
        return all ? makeAll(terminal, machine) : makeNamed(terminal, machine);
    }

    private void requireNamesOrAll() {
        if (all == !names.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    all ? "--all and names exclude each other" : "there is no name of a secret",
                    "see: autodump dump --help");
        }
    }

    private int makeNamed(Terminal terminal, Adapters machine) {
        List<TaggedSecret> secrets =
                names.stream().distinct().map(machine::secret).toList();
        return secrets.size() == 1 ? make(terminal, machine, secrets.get(0)) : makeEach(terminal, machine, secrets);
    }

    /** Secrets that can't be read are failures like dumps that fail: nobody would miss their dumps otherwise. */
    private int makeAll(Terminal terminal, Adapters machine) {
        TaggedSecrets tagged = machine.tagged();
        int unread = tagged.failure()
                .map(failure -> reporting(terminal, () -> {
                    throw failure;
                }))
                .orElse(0);
        List<TaggedSecret> active = active(machine, tagged.secrets());
        if (active.isEmpty() && unread == 0) {
            tagged.requireSome(machine.secrets().place(), "nothing was dumped");
            terminal.say("each secret is paused or belongs to another deployment; nothing was dumped");
        }
        return Math.max(unread, makeEach(terminal, machine, active));
    }

    private static List<TaggedSecret> active(Adapters machine, List<TaggedSecret> secrets) {
        Instant now = machine.clock().instant();
        return secrets.stream()
                .filter(secret -> isActive(
                        SecretPlan.of(secret, now, machine.configuration().deployment())
                                .status()))
                .toList();
    }

    private int makeEach(Terminal terminal, Adapters machine, List<TaggedSecret> secrets) {
        int worst = 0;
        for (TaggedSecret secret : secrets) {
            worst = Math.max(worst, reporting(terminal, () -> make(terminal, machine, secret)));
        }
        return worst;
    }

    private static boolean isActive(SecretPlan.Status status) {
        return status != SecretPlan.Status.PAUSED
                && status != SecretPlan.Status.REPLICA
                && status != SecretPlan.Status.ELSEWHERE;
    }

    /** Returns the exit status; one failure doesn't keep the next dump from being made, but a signal does. */
    private int reporting(Terminal terminal, IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.INTERRUPTED) {
                throw failed;
            }
            AutoDumpException failure = CommandHints.WORDS.in(failed);
            int exitStatus = failure.code().category().exitStatus();
            if (json) {
                terminal.printDocument(Documents.error(failure, exitStatus, context.platform(failure)));
            }
            terminal.fail(failure.report());
            return exitStatus;
        }
    }

    private int make(Terminal terminal, Adapters machine, TaggedSecret secret) {
        if (dryRun) {
            return tryOut(terminal, machine, secret);
        }
        RunOutcome outcome = dump(terminal, machine, secret);
        DumpText text = new DumpText(terminal);
        if (json) {
            terminal.printDocument(Documents.dump(outcome));
        } else {
            outcome.dumps().forEach(text::print);
        }
        outcome.manifests().forEach(text::warn);
        copy(terminal, machine, outcome.manifests());
        if (!json) {
            outcome.requireAll();
        }
        return outcome.failure()
                .map(failure -> failure.code().category().exitStatus())
                .orElse(0);
    }

    private int tryOut(Terminal terminal, Adapters machine, TaggedSecret secret) {
        DryRun trial = new DryRun(
                machine.byName(),
                machine.clock().instant(),
                machine.configuration().encryption().encryptTo());
        List<DatabaseSecret> databases =
                trial.databases(secret, machine.autoDump().connection(secret));
        if (databases.size() == 1) {
            return show(terminal, secret, trial.of(secret, databases.get(0)));
        }
        int worst = 0;
        for (DatabaseSecret database : databases) {
            worst = Math.max(worst, reporting(terminal, () -> show(terminal, secret, tried(trial, secret, database))));
        }
        return worst;
    }

    /** One of several: the failure names it. */
    private static DryRun.Result tried(DryRun trial, TaggedSecret secret, DatabaseSecret database) {
        try {
            return trial.of(secret, database);
        } catch (AutoDumpException failed) {
            throw new AutoDumpException(
                    failed.code(),
                    "database " + database.database() + " of secret " + secret.name() + ": " + failed.description(),
                    failed.hint().orElse(null),
                    failed);
        }
    }

    private int show(Terminal terminal, TaggedSecret secret, DryRun.Result result) {
        if (json) {
            terminal.printDocument(Documents.dryRun(secret.name(), result.key(), result.databaseBytes()));
        } else {
            new DumpText(terminal).dryRun(secret.name(), result.database(), result.key(), result.databaseBytes());
        }
        return 0;
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
                ProgressDisplay progress = terminal.progress(secret.name())) {
            DumpSource source = context.interruption().stopping((database, settings) -> {
                machine.configuration()
                        .otherBucket(database.bucket())
                        .ifPresent(words -> terminal.warn("secret " + secret.name() + ": " + words));
                PreparedDump prepared = machine.byName().source().prepare(database, settings);
                connecting.set(false);
                if (arrivesUncompressed(prepared, settings)) {
                    progress.expect(prepared.databaseBytes(), false);
                }
                return prepared;
            });
            return machine.wiredToDump(source)
                    .dumpEvents(new WordedEvents(notifier))
                    .build()
                    .dumpAll(secret.id(), machine.clock().instant(), progress);
        }
    }

    /** Copies to other stores. The dump is there: a copy that fails is a warning, and the next run makes it. */
    private void copy(Terminal terminal, Adapters machine, List<DumpManifest> dumps) {
        Thread self = Thread.currentThread();
        context.interruption()
                .during(
                        () -> AfterDump.copy(terminal, machine, dumps),
                        self::interrupt,
                        "the dump is there; the next run makes its copy");
    }

    /** Only an uncompressed dump can be compared with the size of the database. */
    private static boolean arrivesUncompressed(PreparedDump prepared, DumpSettings settings) {
        return settings.compression().equals(Compression.NONE)
                || !prepared.fileType().outerCompression().equals(Compression.NONE);
    }
}
