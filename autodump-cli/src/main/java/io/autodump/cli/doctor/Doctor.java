package io.autodump.cli.doctor;

import io.autodump.cli.config.Configuration;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.plan.DatabaseSelection;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DatabaseChecks;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.wire.DatabaseSecretJson;
import io.autodump.local.secret.SecretWarning;
import io.autodump.local.secret.SecretsBackend;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks everything that a dump needs, and continues after problems. Changes nothing. Not thread-safe. */
public final class Doctor {
    private static final Instant BEFORE_AUTODUMP = Instant.parse("2026-11-01T00:00:00Z");

    private final Configuration configuration;
    private final SecretsBackend secrets;
    private final Function<TaggedSecret, DatabaseSecret> connections;
    private final Engines engines;
    private final DatabaseChecks checks;
    private Optional<DatabaseSecret> scratchServer = Optional.empty();

    /**
     * Checks nothing yet.
     *
     * @param connections reads the connection that a secret describes
     */
    public Doctor(
            Configuration configuration,
            SecretsBackend secrets,
            Function<TaggedSecret, DatabaseSecret> connections,
            Engines engines) {
        this.configuration = configuration;
        this.secrets = secrets;
        this.connections = connections;
        this.engines = engines;
        this.checks = engines.checks();
    }

    /**
     * Checks the client programs, the secret files, the store, the account and the clock.
     *
     * @param now the time by the system's clock
     * @param probes the checks of store and account
     */
    public List<Finding> machine(Instant now, List<Probe> probes) {
        List<Finding> findings = new ArrayList<>(checks.clients());
        findings.addAll(secretFiles());
        probes.forEach(probe -> findings.addAll(probe.findings()));
        findings.add(clock(now));
        return findings;
    }

    private List<Finding> secretFiles() {
        if (secrets.watchedFolder().isEmpty()) {
            return List.of();
        }
        try {
            List<SecretWarning> warnings = secrets.warnings();
            List<Finding> findings = new ArrayList<>();
            if (warnings.stream().noneMatch(warning -> warning.kind() == SecretWarning.Kind.PERMISSIONS)) {
                findings.add(Finding.ok("secrets", "permissions", secrets.place() + " is private"));
            }
            warnings.forEach(warning -> findings.add(secretFile(warning)));
            return findings;
        } catch (AutoDumpException unreadable) {
            // Listing the secrets fails for the same reason and is a finding of its own.
            return List.of();
        }
    }

    private static Finding secretFile(SecretWarning warning) {
        String check = warning.kind() == SecretWarning.Kind.PERMISSIONS ? "permissions" : "files";
        return Finding.warning("secrets", check, warning.where() + ": " + warning.what(), warning.remedy());
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
                        "set the clock; it shows a time before this release")
                : Finding.ok("clock", "time", message);
    }

    /** Checks the server for restore checks, and keeps it for the checks of secrets that need it. */
    public List<Finding> scratch(TaggedSecret secret) {
        List<Finding> findings = new ArrayList<>();
        scratchServer = value(secret, parsed(secret), findings);
        scratchServer.ifPresent(server -> findings.add(checks.scratch(secret.name(), server)));
        return findings;
    }

    private static Optional<SecretTags> parsed(TaggedSecret secret) {
        try {
            return Optional.of(SecretTags.parse(secret.name(), secret.tags()));
        } catch (AutoDumpException invalid) {
            return Optional.empty();
        }
    }

    /** Checks the tags of one secret, and not its value. */
    public List<Finding> tags(TaggedSecret secret) {
        List<Finding> findings = new ArrayList<>();
        tags(secret, findings);
        return findings;
    }

    /** Checks one secret: its tags, its value, and its database. */
    public List<Finding> secret(TaggedSecret secret) {
        List<Finding> findings = new ArrayList<>();
        Optional<SecretTags> tags = tags(secret, findings);
        Optional<DatabaseSecret> database = value(secret, tags, findings);
        DumpSettings settings = tags.map(SecretTags::settings).orElseGet(DumpSettings::defaults);
        database.ifPresent(connection -> tags.flatMap(SecretTags::databases)
                .ifPresentOrElse(
                        selection -> databases(secret, connection, selection, settings, findings),
                        () -> database(secret.name(), connection, settings, findings)));
        return findings;
    }

    private void databases(
            TaggedSecret secret,
            DatabaseSecret server,
            DatabaseSelection selection,
            DumpSettings settings,
            List<Finding> findings) {
        try {
            List<String> names = engines.of(server).databases(server).stream()
                    .filter(selection::matches)
                    .toList();
            findings.add(
                    names.isEmpty()
                            ? Finding.failed(
                                    secret.name(),
                                    "databases",
                                    ErrorCode.INVALID_TAGS,
                                    "autodump:databases=" + selection + " selects none",
                                    "correct the patterns")
                            : Finding.ok(secret.name(), "databases", String.join(", ", names)));
            names.forEach(name -> database(
                    secret.name() + "/" + name,
                    DatabaseSecret.builder().from(server).database(name).build(),
                    settings,
                    findings));
        } catch (AutoDumpException unlisted) {
            findings.add(Finding.failed(secret.name(), "databases", unlisted));
        }
    }

    private void database(String name, DatabaseSecret connection, DumpSettings settings, List<Finding> findings) {
        findings.addAll(checks.database(name, connection, settings));
        scratchServer
                .filter(server -> settings.verify() == VerifyMode.RESTORE)
                .ifPresent(server -> findings.add(checks.scratch(name, server, connection, settings)));
    }

    private Optional<SecretTags> tags(TaggedSecret secret, List<Finding> findings) {
        try {
            SecretTags tags = SecretTags.parse(secret.name(), secret.tags());
            findings.add(schedule(secret.name(), tags));
            configuration
                    .deployment()
                    .leavesOut(secret, tags)
                    .ifPresent(why -> findings.add(Finding.warning(
                            secret.name(),
                            "deployment",
                            "not scheduled here: " + why,
                            "nothing, if that is intended")));
            if (tags.settings().verify() == VerifyMode.RESTORE
                    && configuration.scratch().isEmpty()) {
                findings.add(Finding.failed(
                        secret.name(),
                        "scratch server",
                        ErrorCode.SCRATCH_SERVER_MISSING,
                        "autodump:verify=restore needs a scratch server, and none is configured",
                        "set \"scratch: NAME\" in autodump.yaml to the secret of one, or autodump:verify=archive"));
            }
            if (tags.settings().verify() == VerifyMode.RESTORE && isEncrypted(tags) && !hasIdentity()) {
                findings.add(Finding.failed(
                        secret.name(),
                        "identity",
                        ErrorCode.IDENTITY_MISSING,
                        "autodump:verify=restore decrypts the dump, and there is no identity",
                        "set \"identity-file: FILE\" in autodump.yaml, or autodump:verify=archive"));
            }
            return Optional.of(tags);
        } catch (AutoDumpException invalid) {
            findings.add(Finding.failed(secret.name(), "tags", invalid));
            return Optional.empty();
        }
    }

    private boolean isEncrypted(SecretTags tags) {
        return tags.settings()
                .encryptedFor(configuration.encryption().encryptTo())
                .isEncrypted();
    }

    private boolean hasIdentity() {
        return configuration.encryption().identityFile().isPresent();
    }

    private static Finding schedule(String name, SecretTags tags) {
        if (tags.schedule().isEmpty()) {
            return Finding.warning(
                    name,
                    "tags",
                    "not scheduled",
                    "set autodump:start-schedule, or dump it with: autodump dump " + name);
        }
        DumpSchedule schedule = tags.schedule().get();
        String words = schedule.cron().canonical() + " in "
                + (schedule.zone().equals(ZoneOffset.UTC) ? "UTC" : schedule.zone());
        return schedule.enabled()
                ? Finding.ok(name, "tags", words)
                : Finding.warning(name, "tags", words + ", paused", "set autodump:enabled to true to resume it");
    }

    /**
     * Checks the value of a secret.
     *
     * @param tags empty if they are invalid; the value is then checked as one with a password
     */
    private Optional<DatabaseSecret> value(TaggedSecret secret, Optional<SecretTags> tags, List<Finding> findings) {
        try {
            DatabaseSecret database = tags.isPresent()
                    ? connections.apply(secret)
                    : DatabaseSecretJson.parse(secret.name(), secrets.read(secret.id()));
            findings.add(Finding.ok(
                    secret.name(),
                    "value",
                    database.username() + " on " + database.host() + ":" + database.port() + "/" + database.database()
                            + (isByToken(tags) ? ", with an IAM token" : "")));
            bucket(secret.name(), database).ifPresent(findings::add);
            return Optional.of(database);
        } catch (AutoDumpException invalid) {
            findings.add(Finding.failed(secret.name(), "value", invalid));
            return Optional.empty();
        }
    }

    private static boolean isByToken(Optional<SecretTags> tags) {
        return tags.map(SecretTags::authentication)
                .filter(Authentication.IAM::equals)
                .isPresent();
    }

    private Optional<Finding> bucket(String secretName, DatabaseSecret database) {
        return configuration
                .otherBucket(database.bucket())
                .map(words -> Finding.warning(
                        secretName, "bucket", words, "use the same bucket in both, unless the difference is intended"));
    }
}
