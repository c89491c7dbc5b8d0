package io.autodump.cli.doctor;

import io.autodump.cli.config.Configuration;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Problem;
import io.autodump.core.port.SecretValues;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.DatabaseSecret;
import io.autodump.core.secret.SecretTags;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.wire.DatabaseSecretJson;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that a dump needs, and goes on after what it finds wrong. */
public final class Doctor {
    private static final Instant BEFORE_AUTODUMP = Instant.parse("2026-11-01T00:00:00Z");

    private final Configuration configuration;
    private final SecretValues values;
    private final DatabaseChecks checks;

    public Doctor(Configuration configuration, SecretValues values, DatabaseChecks checks) {
        this.configuration = configuration;
        this.values = values;
        this.checks = checks;
    }

    /**
     * The machine: client programs, folders, clock.
     *
     * @param now what the clock shows
     * @param warnings of the secrets' folder
     */
    public List<Finding> machine(Instant now, List<Problem> warnings) {
        List<Finding> findings = new ArrayList<>(checks.clients());
        if (warnings.isEmpty()) {
            findings.add(Finding.ok("secrets", "permissions", configuration.secrets() + " is private"));
        }
        warnings.forEach(warning -> findings.add(permission(warning)));
        findings.add(FolderChecks.writable("store", configuration.store(), ErrorCode.STORE_FAILED, "store"));
        findings.add(FolderChecks.writable("state", configuration.state(), ErrorCode.SCHEDULER_FAILED, "state"));
        findings.add(clock(now));
        return findings;
    }

    private static Finding permission(Problem warning) {
        int remedy = warning.what().indexOf("; run: ");
        return remedy < 0
                ? Finding.warning("secrets", "permissions", warning.toString(), "let nobody but its owner read it")
                : Finding.warning(
                        "secrets",
                        "permissions",
                        warning.where() + ": " + warning.what().substring(0, remedy),
                        warning.what().substring(remedy + "; run: ".length()));
    }

    private static Finding clock(Instant now) {
        String message = DateTimeFormatter.ISO_INSTANT.format(now.truncatedTo(ChronoUnit.SECONDS)) + ", system zone "
                + ZoneId.systemDefault() + ", time-zone rules "
                + ZoneRulesProvider.getVersions("UTC").lastKey();
        return now.isBefore(BEFORE_AUTODUMP)
                ? Finding.failed(
                        "clock",
                        "time",
                        ErrorCode.CLOCK_WRONG,
                        message,
                        "set the clock; this release is younger than that")
                : Finding.ok("clock", "time", message);
    }

    /** The server that dumps are proven on. */
    public List<Finding> scratch(TaggedSecret secret) {
        List<Finding> findings = new ArrayList<>();
        value(secret, findings).ifPresent(server -> findings.add(checks.scratch(secret.name(), server)));
        return findings;
    }

    /** One secret: its tags, its value, and the database behind it. */
    public List<Finding> secret(TaggedSecret secret) {
        List<Finding> findings = new ArrayList<>();
        Optional<SecretTags> tags = tags(secret, findings);
        Optional<DatabaseSecret> database = value(secret, findings);
        database.ifPresent(connection -> findings.addAll(checks.database(
                secret.name(), connection, tags.map(SecretTags::settings).orElseGet(DumpSettings::defaults))));
        return findings;
    }

    private Optional<SecretTags> tags(TaggedSecret secret, List<Finding> findings) {
        try {
            SecretTags tags = SecretTags.parse(secret.name(), secret.tags());
            findings.add(schedule(secret.name(), tags));
            if (tags.settings().verify() == VerifyMode.RESTORE
                    && configuration.scratch().isEmpty()) {
                findings.add(Finding.failed(
                        secret.name(),
                        "scratch server",
                        ErrorCode.SCRATCH_SERVER_MISSING,
                        "autodump:verify=restore needs a scratch server, and none is configured",
                        "set \"scratch: NAME\" in autodump.yaml to the secret of one, or autodump:verify=archive"));
            }
            return Optional.of(tags);
        } catch (AutoDumpException invalid) {
            findings.add(Finding.failed(secret.name(), "tags", invalid));
            return Optional.empty();
        }
    }

    private static Finding schedule(String name, SecretTags tags) {
        if (tags.schedule().isEmpty()) {
            return Finding.warning(
                    name,
                    "tags",
                    "it isn't scheduled",
                    "set autodump:start-schedule, or dump it with: autodump dump " + name);
        }
        DumpSchedule schedule = tags.schedule().get();
        String words = schedule.cron().canonical() + " in "
                + (schedule.zone().equals(ZoneOffset.UTC) ? "UTC" : schedule.zone());
        return schedule.enabled()
                ? Finding.ok(name, "tags", words)
                : Finding.warning(name, "tags", words + ", paused", "set autodump:enabled to true when it is to run");
    }

    private Optional<DatabaseSecret> value(TaggedSecret secret, List<Finding> findings) {
        try {
            DatabaseSecret database = DatabaseSecretJson.parse(secret.name(), values.read(secret.id()));
            findings.add(Finding.ok(
                    secret.name(),
                    "value",
                    database.username() + " on " + database.host() + ":" + database.port() + "/"
                            + database.database()));
            return Optional.of(database);
        } catch (AutoDumpException invalid) {
            findings.add(Finding.failed(secret.name(), "value", invalid));
            return Optional.empty();
        }
    }
}
