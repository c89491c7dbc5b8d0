package io.autodump.cli.command;

import io.autodump.cli.config.SecretsLocation;
import io.autodump.cli.doctor.Doctor;
import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.DoctorText;
import io.autodump.cli.report.Documents;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.Adapters.TaggedSecrets;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Finding;
import io.autodump.core.secret.TaggedSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = {
            "Checks everything that dumps need: client programs, store, connections, TLS and privileges.",
            "Changes nothing. Shows a remedy for each problem.",
            "On AWS it tries every permission. It reads the value of a secret in Secrets Manager only if you name the"
                    + " secret or pass --all."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump doctor",
            "  autodump doctor orders",
            "  autodump doctor --all --secrets aws --store s3://acme-dumps",
            "  autodump doctor --json | jq '.findings[] | select(.status == \"failed\")'"
        })
final class DoctorCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Check only this secret.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--all", description = "On AWS, also check the value and the database of every secret.")
    private boolean all;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        Adapters machine = context.machineForQuestion();
        Doctor doctor = new Doctor(
                machine.configuration(), machine.secrets(), machine.autoDump()::connection, machine.byName());
        List<Finding> findings = new ArrayList<>();
        DoctorText text = new DoctorText(terminal);
        examine(machine, doctor, step -> {
            List<Finding> worded = step.stream().map(CommandHints.WORDS::in).toList();
            findings.addAll(worded);
            if (!json) {
                text.print(worded);
            }
        });
        int exitStatus = findings.stream().mapToInt(Finding::exitStatus).max().orElse(0);
        if (json) {
            terminal.printDocument(Documents.doctor(findings, exitStatus));
        } else {
            text.printSummary();
        }
        return exitStatus;
    }

    /** Receives findings as they are made, so that a connection that hangs doesn't delay the others. */
    private interface Findings {
        void add(List<Finding> step);
    }

    private void examine(Adapters machine, Doctor doctor, Findings findings) {
        findings.add(doctor.machine(machine.clock().instant(), machine.probes()));
        machine.configuration().scratch().ifPresent(scratch -> findings.add(scratch(machine, doctor, scratch)));
        TaggedSecrets listed = secrets(machine);
        listed.failure().ifPresent(failure -> findings.add(List.of(Finding.failed("secrets", "list", failure))));
        if (listed.secrets().isEmpty() && listed.failure().isEmpty()) {
            findings.add(List.of(none(machine)));
        }
        boolean tagsAlone = isOnAws(machine) && name.isEmpty() && !all;
        for (TaggedSecret secret : listed.secrets()) {
            findings.add(tagsAlone ? tags(machine, doctor, secret) : doctor.secret(secret));
        }
        if (tagsAlone && !listed.secrets().isEmpty()) {
            findings.add(List.of(Finding.ok(
                    "secrets", "values", "not read, and no database checked; name a secret, or pass --all")));
        }
    }

    private static Finding none(Adapters machine) {
        return Finding.warning(
                "secrets",
                "list",
                "no secret in " + machine.secrets().place() + " has an autodump: tag",
                isOnAws(machine)
                        ? "add a tag: aws secretsmanager tag-resource --secret-id NAME --tags"
                                + " Key=autodump:start-schedule,Value='30 2 - - -'"
                        : "write a secret file; autodump init writes an example");
    }

    private static boolean isOnAws(Adapters machine) {
        return machine.configuration().secrets() instanceof SecretsLocation.SecretsManager;
    }

    /** Reads the secret again: describing a secret needs another permission than listing it. */
    private static List<Finding> tags(Adapters machine, Doctor doctor, TaggedSecret secret) {
        try {
            return machine.secrets().find(secret.id()).map(doctor::tags).orElse(List.of());
        } catch (AutoDumpException failure) {
            return List.of(Finding.failed(secret.name(), "tags", failure));
        }
    }

    private static List<Finding> scratch(Adapters machine, Doctor doctor, String name) {
        try {
            return doctor.scratch(machine.secret(name));
        } catch (AutoDumpException failure) {
            return List.of(Finding.failed("configuration", "scratch", failure));
        }
    }

    private TaggedSecrets secrets(Adapters machine) {
        if (name.isEmpty()) {
            return machine.tagged();
        }
        try {
            return new TaggedSecrets(List.of(machine.secret(name.get())), Optional.empty());
        } catch (AutoDumpException failure) {
            return new TaggedSecrets(List.of(), Optional.of(failure));
        }
    }
}
