package io.autodump.cli.report;

import com.google.common.collect.ImmutableMap;
import io.autodump.core.contract.RestoreWords;
import io.autodump.core.error.HintWords;
import io.autodump.core.error.Hints;

/** The words of the command for the hints of the libraries: its subcommands, its options, the keys of its file. */
public final class CommandHints {
    /** The words. Every failure, finding and log entry that the command prints goes through them. */
    public static final HintWords WORDS = HintWords.of(ImmutableMap.<String, String>builder()
            .putAll(RestoreWords.BY_HINT)
            .put(Hints.LIST_DUMPS, "list the finished dumps with: autodump list")
            .put(Hints.LIST_SECRETS, "list the tagged secrets with: autodump plan")
            .put(Hints.OTHER_DUMP, "use another dump of this database (autodump list), and make a new one")
            .put(Hints.VERIFY_DUMP, "check the dump with autodump verify")
            .put(Hints.ACKNOWLEDGE_DUMP, "acknowledge it: autodump acknowledge")
            .put(Hints.DUMP_NOW, "dump now: autodump dump")
            .put(
                    Hints.SCRATCH_SERVER,
                    "name the secret of a scratch server (\"scratch: NAME\" in autodump.yaml), or set the tag"
                            + " autodump:verify to archive")
            .put(Hints.DRILL_SERVER, "name the secret of a scratch server (\"scratch: NAME\" in autodump.yaml)")
            .put(Hints.NEWER_SERVER, "accept a newer one with --newer-server")
            .put(
                    Hints.IDENTITY,
                    "name the file of an identity of one of its recipients: --identity FILE, or \"identity-file: FILE\""
                            + " in autodump.yaml")
            .put(Hints.OTHER_STORE, "set \"store: FOLDER\" in autodump.yaml to another folder")
            .put(Hints.OTHER_SECRETS, "set \"secrets: FOLDER\" in autodump.yaml to another folder")
            .put(Hints.OTHER_STATE, "set \"state: FOLDER\" in autodump.yaml to another folder")
            .put(Hints.CLIENT_FOLDERS, "set \"clients: [FOLDER]\" in autodump.yaml")
            .buildOrThrow());

    private CommandHints() {}
}
