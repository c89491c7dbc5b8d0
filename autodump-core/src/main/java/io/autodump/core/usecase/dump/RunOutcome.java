package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a run that dumps one database, or several of one server. Immutable.
 *
 * @param dumps the finished dumps, in the order of their databases' names
 * @param failures the databases that weren't dumped; empty if the run dumps one database
 */
public record RunOutcome(List<DumpOutcome> dumps, List<Failure> failures) {
    public RunOutcome {
        dumps = List.copyOf(dumps);
        failures = List.copyOf(failures);
    }

    /**
     * A database that wasn't dumped.
     *
     * @param database its name
     * @param cause why
     */
    public record Failure(String database, AutoDumpException cause) {
        boolean mayPass() {
            ErrorCategory category = cause.code().category();
            return category != ErrorCategory.CALLER && category != ErrorCategory.AUTODUMP;
        }
    }

    /** Returns the manifests of the finished dumps. */
    public List<DumpManifest> manifests() {
        return dumps.stream().map(DumpOutcome::manifest).toList();
    }

    /** Returns whether the run dumps several databases: {@code autodump:databases}. */
    public boolean isOfSeveral() {
        return !failures.isEmpty()
                || manifests().stream().anyMatch(dump -> dump.serverDatabases().isPresent());
    }

    /**
     * Requires that every database was dumped.
     *
     * @throws AutoDumpException {@link #failure()}
     */
    public void requireAll() {
        Optional<AutoDumpException> failure = failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Returns one failure that names each database that wasn't dumped. Its code is that of a failure that another
     * attempt may repair, if there is one. Empty if every database was dumped.
     */
    public Optional<AutoDumpException> failure() {
        return failures.stream()
                .filter(Failure::mayPass)
                .findFirst()
                .or(() -> failures.stream().findFirst())
                .map(this::failure);
    }

    private AutoDumpException failure(Failure first) {
        String others = failures.stream()
                .filter(failure -> !failure.equals(first))
                .map(failure ->
                        failure.database() + " (" + failure.cause().code().id() + ")")
                .collect(Collectors.joining(", "));
        return new AutoDumpException(
                first.cause().code(),
                failures.size() + " of " + (dumps.size() + failures.size()) + " databases weren't dumped: "
                        + first.database() + ": " + first.cause().description()
                        + (others.isEmpty() ? "" : "; and " + others),
                first.cause().hint().orElse(null),
                first.cause());
    }
}
