package io.autodump.core.dump;

import io.autodump.core.internal.ValueStyle;
import java.util.List;
import org.immutables.value.Value;

/** The result of a restore that succeeded. Immutable and thread-safe. */
@Value.Immutable
@ValueStyle
public abstract class RestoreReport {
    RestoreReport() {}

    /** The version of the program that restored, {@code pg_restore} or {@code psql}. */
    public abstract String clientVersion();

    /** The version of the server that was restored into, as the server reports it. */
    public abstract String serverVersion();

    /**
     * The rows of every table of the target, counted after the restore. Empty if they weren't counted, because the
     * manifest has no row counts and {@link RestoreOptions#countRows} wasn't set.
     */
    public abstract List<TableRows> tables();

    /**
     * The manifest's tables whose rows weren't to be restored, or not all of them, because of the options. Their rows
     * aren't compared.
     */
    public abstract List<TableRows> notCompared();

    /** What couldn't be restored, a sentence each. Empty if everything was. */
    public abstract List<String> warnings();

    /** What is left to do or to know, a sentence each: for example, when the planner's statistics will be there. */
    public abstract List<String> notes();

    /** Starts a report without tables. */
    public static Builder builder() {
        return ImmutableRestoreReport.builder();
    }

    /**
     * Builds a {@link RestoreReport}. {@code clientVersion} and {@code serverVersion} are required. If a value is set
     * twice, the last one counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another report. Its tables are added to those that are set already. */
        public abstract Builder from(RestoreReport instance);

        /** The version of the program that restored. Required. */
        public abstract Builder clientVersion(String clientVersion);

        /** The version of the server that was restored into. Required. */
        public abstract Builder serverVersion(String serverVersion);

        /** Adds the row count of one table. */
        public abstract Builder addTables(TableRows element);

        /** Adds row counts of tables. */
        public abstract Builder addTables(TableRows... elements);

        /** Replaces the row counts after the restore. Default: none. */
        public abstract Builder tables(Iterable<? extends TableRows> elements);

        /** Adds row counts of tables. */
        public abstract Builder addAllTables(Iterable<? extends TableRows> elements);

        /** Adds a table whose rows weren't to be restored. */
        public abstract Builder addNotCompared(TableRows element);

        /** Adds tables whose rows weren't to be restored. */
        public abstract Builder addNotCompared(TableRows... elements);

        /** Replaces the tables whose rows weren't to be restored. Default: none. */
        public abstract Builder notCompared(Iterable<? extends TableRows> elements);

        /** Adds tables whose rows weren't to be restored. */
        public abstract Builder addAllNotCompared(Iterable<? extends TableRows> elements);

        /** Adds a sentence about something that couldn't be restored. */
        public abstract Builder addWarnings(String element);

        /** Adds sentences about what couldn't be restored. */
        public abstract Builder addWarnings(String... elements);

        /** Replaces the sentences about what couldn't be restored. Default: none. */
        public abstract Builder warnings(Iterable<String> elements);

        /** Adds sentences about what couldn't be restored. */
        public abstract Builder addAllWarnings(Iterable<String> elements);

        /** Adds a sentence about what is left to do. */
        public abstract Builder addNotes(String element);

        /** Adds sentences about what is left to do. */
        public abstract Builder addNotes(String... elements);

        /** Replaces the sentences about what is left to do. Default: none. */
        public abstract Builder notes(Iterable<String> elements);

        /** Adds sentences about what is left to do. */
        public abstract Builder addAllNotes(Iterable<String> elements);

        /**
         * Builds the report.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         */
        public abstract RestoreReport build();
    }
}
