package io.autodump.cli.usage;

import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.SkippableKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that choose a part of a dump. */
public final class ContentsOptions {
    /** Everything is restored. */
    public ContentsOptions() {}

    @Option(
            names = "--table",
            paramLabel = "PATTERN",
            description = "Restore only these tables, with everything that belongs to them and that they need. May be"
                    + " repeated. Patterns work as in tags: * and ?, with or without a schema.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--schema",
            paramLabel = "PATTERN",
            description = "Restore only these schemas, with everything that they need. May be repeated.")
    private List<String> schemas = new ArrayList<>();

    @Option(
            names = "--exclude-table",
            paramLabel = "PATTERN",
            description = "Leave out these tables and everything that depends on them. May be repeated.")
    private List<String> excludeTables = new ArrayList<>();

    @Option(
            names = "--skip",
            paramLabel = "KIND",
            split = ",",
            description = "Leave out these kinds of objects, separated by commas: comments, default-privileges,"
                    + " event-triggers, extension-comments, extensions, foreign-keys, foreign-servers, foreign-tables,"
                    + " indexes, large-objects, materialized-view-data, policies, privileges, publications, rules,"
                    + " security-labels, subscriptions, superuser-objects, tablespaces, triggers, user-mappings.")
    private List<String> skip = new ArrayList<>();

    @ArgGroup
    private @Nullable Part part;

    private static final class Part {
        @Option(names = "--schema-only", description = "Restore only definitions, without rows.")
        private boolean schemaOnly;

        @Option(names = "--data-only", description = "Restore only rows, into tables that the target already has.")
        private boolean dataOnly;
    }

    /** Adds what was chosen. */
    public RestoreOptions.Builder to(RestoreOptions.Builder options) {
        return options.tables(tables)
                .schemas(schemas)
                .excludeTables(excludeTables)
                .skip(skip.stream().map(ContentsOptions::kind).toList())
                .part(part());
    }

    private RestoredPart part() {
        if (part != null && part.schemaOnly) {
            return RestoredPart.SCHEMA;
        }
        return part != null && part.dataOnly ? RestoredPart.DATA : RestoredPart.ALL;
    }

    private static SkippableKind kind(String text) {
        return SkippableKind.parse(text)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.INVALID_ARGUMENT,
                        "--skip knows no kind \"" + text + "\""
                                + NearestName.didYouMean(
                                        text,
                                        Arrays.stream(SkippableKind.values())
                                                .map(SkippableKind::text)
                                                .toList())
                                + "; nothing was changed",
                        "see: autodump restore --help"));
    }
}
