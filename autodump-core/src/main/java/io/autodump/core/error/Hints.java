package io.autodump.core.error;

/**
 * Hints, and parts of hints, whose remedy has its own command or setting in each program. They name the thing to do. A
 * program that knows the command or the setting for it replaces them with its own words ({@link HintWords}).
 */
public final class Hints {
    /** A dump is missing. */
    public static final String LIST_DUMPS = "list the finished dumps";

    /** A secret is missing. */
    public static final String LIST_SECRETS = "list the tagged secrets";

    /** A dump is corrupt. */
    public static final String OTHER_DUMP = "use another dump of this database, and make a new one";

    /** A dump may be corrupt. */
    public static final String VERIFY_DUMP = "verify the dump";

    /** A dump is suspicious. A program adds the key of the dump. */
    public static final String ACKNOWLEDGE_DUMP = "acknowledge the dump";

    /** A run was missed. */
    public static final String DUMP_NOW = "dump the database now";

    /** A secret asks for a restore check, for which there is no server. */
    public static final String SCRATCH_SERVER =
            "name the secret of a scratch server, or set the tag autodump:verify to archive";

    /** A drill has no server, and can't start one. */
    public static final String DRILL_SERVER = "configure a scratch server";

    /** A drill's server is newer than the dump's: {@code DrillOptions.newerServer}. */
    public static final String NEWER_SERVER = "accept a newer server";

    /** A dump is encrypted: {@code AutoDumpBuilder.encryption}. */
    public static final String IDENTITY = "give an identity of one of its recipients";

    /** The folder of the dumps can't be used. */
    public static final String OTHER_STORE = "use another folder for the dumps";

    /** The folder of the secrets can't be used. */
    public static final String OTHER_SECRETS = "use another folder for the secrets";

    /** The folder of the scheduler's runs can't be used. */
    public static final String OTHER_STATE = "use another folder for the scheduler's runs";

    /** The client programs of the database aren't where they are looked for. */
    public static final String CLIENT_FOLDERS = "name the folder that has the client programs";

    /** The target of a restore is missing, or can't be used: {@code RestoreOptions.create}. */
    public static final String CREATE_TARGET = "let the restore create the database";

    /** A parallel restore fails where a serial one works: {@code RestoreOptions.jobs}. */
    public static final String ONE_JOB = "restore with one job";

    /** The target's encoding or locale differs from the dump's: {@code RestoreOptions.intoDifferentLocale}. */
    public static final String DIFFERENT_LOCALE = "allow a different locale";

    /** The target server doesn't have the dump's locale: {@code RestoreOptions.locale}. */
    public static final String OTHER_LOCALE = "choose another locale";

    /** Roles of the dump are missing: {@code RestoreOptions.noOwner}. */
    public static final String NO_OWNERS = "leave out owners and privileges";

    /** Roles of the dump are missing: {@code RestoreOptions.createRoles}. */
    public static final String CREATE_ROLES = "let the restore create the roles";

    /** The target isn't empty: {@code RestoreOptions.clean}. */
    public static final String CLEAN_TARGET = "let the restore drop the database and create it anew";

    /** The target holds what the restore needs: {@code RestoreOptions.intoNonEmpty}. */
    public static final String INTO_NONEMPTY = "let the restore add to what the database holds";

    /** The user isn't the owner of what is there: {@code RestoreOptions.role}. */
    public static final String OTHER_ROLE = "restore as another role";

    /** The target can't take some kinds of objects: {@code RestoreOptions.skip}. The kinds follow. */
    public static final String SKIP = "leave out by kind:";

    /** Rows are restored alone, and their tables are missing: {@code RestoreOptions.part}. */
    public static final String SCHEMA_FIRST = "restore the definitions first";

    /** A restore failed half-way into a database that was there before. */
    public static final String START_OVER = "start over into a target that is dropped and created anew";

    private Hints() {}
}
