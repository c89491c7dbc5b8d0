package io.autodump.cli.report;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Hints;
import java.util.Map;

/** Adds to the hints of the libraries how the command does what they say. */
public final class CommandHints {
    private static final Map<String, String> IN_THE_COMMAND = Map.of(
            Hints.LIST_DUMPS, Hints.LIST_DUMPS + " with: autodump list",
            Hints.LIST_SECRETS, Hints.LIST_SECRETS + " with: autodump plan",
            Hints.OTHER_DUMP, "use another dump of this database (autodump list), and make a new one",
            Hints.SCRATCH_SERVER,
                    "name the secret of a scratch server (\"scratch: NAME\" in autodump.yaml), or set the tag"
                            + " autodump:verify to archive");

    private CommandHints() {}

    /**
     * Returns the failure with the hint of the command, or the failure itself if the command has no own words for it.
     */
    public static AutoDumpException in(AutoDumpException failure) {
        return failure.hint()
                .map(IN_THE_COMMAND::get)
                .map(hint -> new AutoDumpException(failure.code(), failure.description(), hint, failure))
                .orElse(failure);
    }
}
