package io.autodump.postgres.dump;

import io.autodump.core.dump.SourceReport;
import io.autodump.core.dump.TableRows;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import java.util.List;
import java.util.Optional;

/** What is said about a dump that was made. */
final class PgDumpReport {
    private PgDumpReport() {}

    /**
     * Makes the report.
     *
     * @param bytes the bytes of {@code pg_dump} alone
     * @param entries the number of entries in the archive's contents list; empty for a script
     */
    static SourceReport of(
            PreparedFacts facts,
            long bytes,
            Optional<Integer> entries,
            List<TableRows> tables,
            PgDumpWarnings warnings) {
        return SourceReport.builder()
                .serverVersion(facts.server().serverVersion())
                .clientVersion(facts.client().version())
                .tls(facts.database().tls())
                .replica(facts.server().replica())
                .sourceBytes(bytes)
                .archiveEntries(entries)
                .tables(tables)
                .roles(facts.server().roles())
                .databaseProperties(facts.server().properties())
                .serverNeeds(facts.server().needs())
                .notIncluded(facts.server().notIncluded())
                .addAllWarnings(facts.server().dumpWarnings())
                .addAllWarnings(facts.parallel().warning().stream().toList())
                .addAllWarnings(warnings.all())
                .build();
    }
}
