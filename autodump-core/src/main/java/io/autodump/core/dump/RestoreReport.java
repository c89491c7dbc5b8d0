package io.autodump.core.dump;

import java.util.List;

/**
 * What came of a restore that ended well.
 *
 * @param clientVersion of the {@code pg_restore} or {@code psql} that was used
 * @param serverVersion of the target, as it reports it
 * @param tables every table of the target with its rows, counted after the restore
 * @param warnings what couldn't be restored, a sentence each; empty if everything was
 */
public record RestoreReport(String clientVersion, String serverVersion, List<TableRows> tables, List<String> warnings) {
    public RestoreReport {
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
    }
}
