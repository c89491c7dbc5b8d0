package io.autodump.core.error;

/**
 * Hints whose remedy has its own command or setting in each program. They name the thing to do. A program that knows
 * the command or the setting for it replaces the hint with its own words.
 */
public final class Hints {
    /** A dump is missing. */
    public static final String LIST_DUMPS = "list the finished dumps";

    /** A secret is missing. */
    public static final String LIST_SECRETS = "list the tagged secrets";

    /** A dump is corrupt. */
    public static final String OTHER_DUMP = "use another dump of this database, and make a new one";

    /** A secret asks for a restore check, for which there is no server. */
    public static final String SCRATCH_SERVER =
            "name the secret of a scratch server, or set the tag autodump:verify to archive";

    private Hints() {}
}
