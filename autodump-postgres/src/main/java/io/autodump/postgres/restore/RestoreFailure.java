package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.load.SourceFault;
import io.autodump.process.ChildProcess;
import io.autodump.process.ShutdownCleanup;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains a failed {@code pg_restore} or {@code psql}, with a hint. */
final class RestoreFailure {
    private static final Pattern MISSING_ROLE = Pattern.compile("role \"(.+?)\" does not exist");
    private static final Pattern FOREIGN_ROLE =
            Pattern.compile("must be (?:a )?member of role \"(.+?)\"|must be able to SET ROLE \"(.+?)\"");
    private static final Pattern OF_OWNERS =
            Pattern.compile("must be (?:a )?member of role|must be able to SET ROLE|permission denied|must be owner");
    private static final Pattern EXTENSION =
            Pattern.compile("extension \"(.+?)\" is not available|could not open extension control file");
    private static final Pattern OUTSIDE =
            Pattern.compile("(?:schema|relation|type|function|operator|collation|text search configuration)"
                    + " \\S.* does not exist|operator class \\S.* does not exist");
    private static final Pattern LARGE_OBJECT = Pattern.compile("large object|pg_largeobject");
    private static final Pattern REFRESH_UNDER_POLICIES = Pattern.compile(
            "query would be affected by row-level security policy.*REFRESH MATERIALIZED VIEW", Pattern.DOTALL);
    /** Those of applications and extensions have a dot; {@code pg_dump} itself sets none of them. */
    private static final Pattern OWN_PARAMETER =
            Pattern.compile("unrecognized configuration parameter \"([^\"]+\\.[^\"]+)\"");

    private static final int KILLED = 9;

    /**
     * A known message and its hint.
     *
     * @param sign a part of the first error
     * @param hint the remedy
     */
    private record Remedy(String sign, String hint) {}

    private static final List<Remedy> REMEDIES = List.of(
            new Remedy(
                    "unrecognized configuration parameter",
                    "the dump was written by a client newer than the target server: restore into a server of that"
                            + " version or a newer one"),
            new Remedy(
                    "out of shared memory", "raise max_locks_per_transaction on the target server, then restore again"),
            new Remedy(
                    "already exists",
                    "restore into an empty database that was made from template0; " + Hints.CREATE_TARGET + ", or "
                            + Hints.CLEAN_TARGET),
            new Remedy("No space left on device", "give the target server more disk space, then restore again"),
            new Remedy("permission denied", "restore as a user who may create what the dump holds"),
            new Remedy("must be superuser", "restore as a superuser, or without what a superuser alone can create"),
            new Remedy("must be owner", Hints.OTHER_ROLE + ", the owner of what is there already"),
            new Remedy(
                    "connection to server", "see that the target server stays up and reachable, and look at its log"),
            new Remedy(
                    "server closed the connection",
                    "look at the target server's log for why it ended the connection, then restore again"),
            new Remedy(
                    "input file", "the archive itself can't be read: " + Hints.VERIFY_DUMP + ", and use another one"),
            new Remedy(
                    "violates foreign key constraint",
                    "the source has rows that its foreign key forbids, written while the key's triggers were off: correct"
                            + " them there and dump again; or " + Hints.SKIP + " foreign-keys"),
            new Remedy(
                    "violates check constraint",
                    Hints.ONE_JOB + ": in parallel, pg_restore may create a domain's NOT VALID constraint before"
                            + " the rows that it forbids"),
            new Remedy(
                    "does not support compression",
                    "install client programs that were built with the dump's compression"));

    private RestoreFailure() {}

    /**
     * Explains an exit status other than 0. Doesn't say what happened to the target.
     *
     * @param program its name and version
     * @param ownersOptional whether owners and privileges can be left out, and weren't
     * @param error the first error that it reported; empty if none
     */
    static AutoDumpException of(
            String program, int exitStatus, String error, DatabaseSecret target, boolean ownersOptional) {
        if (ShutdownCleanup.isUnderWay()) {
            return new AutoDumpException(
                    ErrorCode.INTERRUPTED, "the process was asked to stop during the restore", "restore again");
        }
        OptionalInt signal = ChildProcess.signal(exitStatus);
        String ending =
                signal.isPresent() ? " was ended by signal " + signal.getAsInt() : " exited with status " + exitStatus;
        String reason = error.isEmpty() ? "" : ": " + error;
        return new AutoDumpException(
                ErrorCode.RESTORE_FAILED, program + ending + reason, withOwners(signal, error, target, ownersOptional));
    }

    /** The same failure of a dump that holds some schemas alone, which may need what lies in others. */
    static AutoDumpException ofSchemas(AutoDumpException failed, List<String> schemas) {
        return OUTSIDE.matcher(failed.description()).find()
                ? new AutoDumpException(
                        failed.code(),
                        failed.description(),
                        "the dump holds the schemas " + String.join(", ", schemas)
                                + " alone, and they need what it leaves out: other schemas, or extensions, of which such a"
                                + " dump has none. Create that in the target first, then " + Hints.INTO_NONEMPTY
                                + "; or dump without autodump:schemas",
                        failed)
                : failed;
    }

    /** The same failure of a restore of rows alone. The target is to keep what it has, but for rows. */
    static AutoDumpException ofRows(AutoDumpException failed) {
        if (!failed.description().contains("already exists")) {
            return failed;
        }
        String hint = LARGE_OBJECT.matcher(failed.description()).find()
                ? Hints.SKIP + " large-objects; or remove those that the target has already (lo_unlink)"
                : null;
        return new AutoDumpException(failed.code(), failed.description(), hint, failed);
    }

    /**
     * The same failure of a restore that the target refused some of the database's settings before.
     *
     * @param refused a sentence each; empty if it took them all
     */
    static AutoDumpException after(List<String> refused, AutoDumpException failed) {
        return refused.isEmpty()
                ? failed
                : new AutoDumpException(
                        failed.code(),
                        failed.description() + "; before, the target refused what the rows may need: "
                                + String.join("; ", refused),
                        failed.hint().orElse(null),
                        failed);
    }

    private static String withOwners(OptionalInt signal, String error, DatabaseSecret target, boolean ownersOptional) {
        String hint = hint(signal, error, target);
        boolean byOwners =
                OF_OWNERS.matcher(error).find() && SourceFault.hint(error).isEmpty();
        return ownersOptional && byOwners
                ? Hints.NO_OWNERS + ": everything then belongs to the restoring user; or " + hint
                : hint;
    }

    private static String hint(OptionalInt signal, String error, DatabaseSecret target) {
        Optional<String> fault = SourceFault.hint(error);
        if (fault.isPresent()) {
            return fault.get();
        }
        Matcher missing = MISSING_ROLE.matcher(error);
        if (missing.find()) {
            return Hints.CREATE_ROLES + ", or create the role on the target server first: CREATE ROLE "
                    + Sql.identifier(missing.group(1)) + ";";
        }
        Matcher foreign = FOREIGN_ROLE.matcher(error);
        if (foreign.find()) {
            String role = foreign.group(1) == null ? foreign.group(2) : foreign.group(1);
            return "GRANT " + Sql.identifier(role) + " TO " + Sql.identifier(target.username());
        }
        Matcher parameter = OWN_PARAMETER.matcher(error);
        if (parameter.find()) {
            return "the dump needs a parameter that isn't set on the target server: ALTER ROLE "
                    + Sql.identifier(target.username()) + " SET " + parameter.group(1)
                    + " = '…', with a value that the source has, then restore again";
        }
        if (EXTENSION.matcher(error).find()) {
            return "install the extension's package on the target server, then restore again";
        }
        if (REFRESH_UNDER_POLICIES.matcher(error).find()) {
            return Hints.SKIP + " materialized-view-data, and REFRESH the views afterwards; or restore as a superuser:"
                    + " policies don't hide rows from one";
        }
        return REMEDIES.stream()
                .filter(remedy -> error.contains(remedy.sign()))
                .map(Remedy::hint)
                .findFirst()
                .orElseGet(() -> otherwise(signal));
    }

    private static String otherwise(OptionalInt signal) {
        return signal.isPresent() && signal.getAsInt() == KILLED
                ? "see whether the machine ran out of memory (dmesg), then restore again"
                : "look at the target server's log, then restore again";
    }
}
