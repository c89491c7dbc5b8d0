package io.autodump.cli.report;

import io.autodump.core.error.HintWords;
import io.autodump.core.error.Hints;
import java.util.Map;

/** The words of the command for the hints of the libraries: its subcommands, its options, the keys of its file. */
public final class CommandHints {
    /** The words. Every failure, finding and log entry that the command prints goes through them. */
    public static final HintWords WORDS = HintWords.of(Map.ofEntries(
            Map.entry(Hints.LIST_DUMPS, "list the finished dumps with: autodump list"),
            Map.entry(Hints.LIST_SECRETS, "list the tagged secrets with: autodump plan"),
            Map.entry(Hints.OTHER_DUMP, "use another dump of this database (autodump list), and make a new one"),
            Map.entry(Hints.VERIFY_DUMP, "check the dump with autodump verify"),
            Map.entry(Hints.ACKNOWLEDGE_DUMP, "acknowledge it: autodump acknowledge"),
            Map.entry(Hints.DUMP_NOW, "dump now: autodump dump"),
            Map.entry(
                    Hints.SCRATCH_SERVER,
                    "name the secret of a scratch server (\"scratch: NAME\" in autodump.yaml), or set the tag"
                            + " autodump:verify to archive"),
            Map.entry(Hints.DRILL_SERVER, "name the secret of a scratch server (\"scratch: NAME\" in autodump.yaml)"),
            Map.entry(Hints.NEWER_SERVER, "accept a newer one with --newer-server"),
            Map.entry(Hints.OTHER_STORE, "set \"store: FOLDER\" in autodump.yaml to another folder"),
            Map.entry(Hints.OTHER_SECRETS, "set \"secrets: FOLDER\" in autodump.yaml to another folder"),
            Map.entry(Hints.OTHER_STATE, "set \"state: FOLDER\" in autodump.yaml to another folder"),
            Map.entry(Hints.CLIENT_FOLDERS, "set \"clients: [FOLDER]\" in autodump.yaml"),
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
            Map.entry(Hints.START_OVER, "start over with --clean")));

    private CommandHints() {}
}
