package io.autodump.core.contract;

import io.autodump.core.error.HintWords;
import io.autodump.core.error.Hints;
import java.util.Map;

/**
 * The options of {@code autodump restore} in the words of a hint. {@code autodump aws restore} has the same options, so
 * the command and the job that it starts say the same.
 */
public final class RestoreWords {
    /** The words by the constants of {@link Hints}, as {@link HintWords#of} takes them. Immutable. */
    public static final Map<String, String> BY_HINT = Map.ofEntries(
            Map.entry(Hints.CREATE_TARGET, "pass --create"),
            Map.entry(Hints.ONE_JOB, "restore with --jobs 1"),
            Map.entry(Hints.DIFFERENT_LOCALE, "pass --into-different-locale"),
            Map.entry(Hints.OTHER_LOCALE, "choose another locale with --locale"),
            Map.entry(Hints.NO_OWNERS, "pass --no-owner"),
            Map.entry(Hints.CREATE_ROLES, "pass --create-roles"),
            Map.entry(Hints.CLEAN_TARGET, "drop it with all that it holds: pass --clean"),
            Map.entry(Hints.INTO_NONEMPTY, "pass --into-nonempty"),
            Map.entry(Hints.OTHER_ROLE, "pass --role"),
            Map.entry(Hints.SKIP, "pass --skip"),
            Map.entry(Hints.SCHEMA_FIRST, "restore the definitions with --schema-only first"),
            Map.entry(Hints.START_OVER, "start over with --clean"));

    private RestoreWords() {}
}
