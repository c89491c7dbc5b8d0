package io.autodump.core.restore;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.ValueStyle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * What a restore would do, according to the dump's contents list and the target. Making a plan changes nothing.
 * Immutable and thread-safe.
 */
@Value.Immutable
@ValueStyle
public abstract class RestorePlan {
    /** The beginning of a remedy that creates one role. */
    private static final String OF_ROLES = Hints.CREATE_ROLES + ", or ";

    RestorePlan() {}

    /** The version of the target's server, as the server reports it; an empty text if the engine didn't look. */
    @Value.Default
    public String serverVersion() {
        return "";
    }

    /** Whether the restore creates the database. Default: false. */
    @Value.Default
    public boolean createsDatabase() {
        return false;
    }

    /** Whether the restore drops a database that exists, with all that it holds. Default: false. */
    @Value.Default
    public boolean dropsDatabase() {
        return false;
    }

    /** The roles that the restore creates on the server first, unquoted. */
    public abstract List<String> createdRoles();

    /** How many objects of each kind are created, the largest number first. Empty if there is no contents list. */
    public abstract List<ContentsCount> contents();

    /**
     * What isn't restored, one sentence each. The reason is an option, or that something that it needs is left out.
     * Empty if everything is restored.
     */
    public abstract List<String> leftOut();

    /** What would make the restore fail. A restore with obstacles doesn't start. */
    public abstract List<RestoreObstacle> obstacles();

    /** What can't be known before the restore, and what will differ, one sentence each. */
    public abstract List<String> remarks();

    /** Whether nothing is known that would make the restore fail. */
    public boolean isPossible() {
        return obstacles().isEmpty();
    }

    /**
     * Does nothing if nothing is known that would make the restore fail.
     *
     * @throws AutoDumpException {@code TARGET_UNFIT} with all obstacles and their remedies
     */
    public void requirePossible() {
        if (!isPossible()) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_UNFIT,
                    "the restore would fail half-way: "
                            + obstacles().stream()
                                    .map(RestoreObstacle::toString)
                                    .collect(Collectors.joining("; "))
                            + "; nothing was changed",
                    hint());
        }
    }

    /** The options that leave obstacles out, all of which are needed; then the other remedies. */
    private String hint() {
        String skipped = obstacles().stream()
                .flatMap(obstacle -> obstacle.skip().stream())
                .map(SkippableKind::text)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
        Stream<String> option = skipped.isEmpty() ? Stream.empty() : Stream.of(Hints.SKIP + " " + skipped);
        String options = Stream.concat(option, remedies(true)).collect(Collectors.joining(", and "));
        boolean createsRoles = options.contains(OF_ROLES);
        return Stream.concat(Stream.of(options), remedies(false))
                .filter(remedy -> !remedy.isEmpty())
                .filter(remedy -> !(createsRoles && remedy.startsWith(OF_ROLES)))
                .collect(Collectors.joining("; or "));
    }

    private Stream<String> remedies(boolean needed) {
        Set<String> all = obstacles().stream()
                .filter(obstacle -> isNeeded(obstacle) == needed)
                .map(RestoreObstacle::remedy)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> remedies = all.stream()
                .filter(remedy -> all.stream().noneMatch(other -> remedy.startsWith(other + "; or ")))
                .toList();
        Stream<String> others = remedies.stream().filter(remedy -> !remedy.startsWith(OF_ROLES));
        String roles = remedies.stream()
                .filter(remedy -> remedy.startsWith(OF_ROLES))
                .map(remedy -> remedy.substring(OF_ROLES.length()))
                .collect(Collectors.joining("; "));
        return roles.isEmpty() ? others : Stream.concat(others, Stream.of(OF_ROLES + roles));
    }

    /** Nothing else helps, and it is an option of the restore. */
    private static boolean isNeeded(RestoreObstacle obstacle) {
        boolean option = obstacle.remedy().startsWith(Hints.NO_OWNERS)
                || obstacle.remedy().startsWith(OF_ROLES);
        return option && obstacle.skip().isEmpty();
    }

    /** Starts a plan of a restore into a database that exists. */
    public static Builder builder() {
        return ImmutableRestorePlan.builder();
    }

    /**
     * Builds a {@link RestorePlan}. Every value has a default. If a value is set twice, the last one counts. No
     * argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of another plan; lists are added to those that are set already. */
        public abstract Builder from(RestorePlan instance);

        /** The version of the target's server. Default: an empty text. */
        public abstract Builder serverVersion(String serverVersion);

        /** Whether the restore creates the database. Default: false. */
        public abstract Builder createsDatabase(boolean createsDatabase);

        /** Whether the restore drops a database that exists. Default: false. */
        public abstract Builder dropsDatabase(boolean dropsDatabase);

        /** Adds a role that is created first. */
        public abstract Builder addCreatedRoles(String element);

        /** Adds roles that are created first. */
        public abstract Builder addCreatedRoles(String... elements);

        /** Replaces the roles that are created first. Default: none. */
        public abstract Builder createdRoles(Iterable<String> elements);

        /** Adds roles that are created first. */
        public abstract Builder addAllCreatedRoles(Iterable<String> elements);

        /** Adds the number of objects of a kind. */
        public abstract Builder addContents(ContentsCount element);

        /** Adds numbers of objects of a kind. */
        public abstract Builder addContents(ContentsCount... elements);

        /** Replaces the numbers of objects of each kind. Default: none. */
        public abstract Builder contents(Iterable<? extends ContentsCount> elements);

        /** Adds numbers of objects of a kind. */
        public abstract Builder addAllContents(Iterable<? extends ContentsCount> elements);

        /** Adds something that isn't restored. */
        public abstract Builder addLeftOut(String element);

        /** Adds things that aren't restored. */
        public abstract Builder addLeftOut(String... elements);

        /** Replaces what isn't restored. Default: nothing. */
        public abstract Builder leftOut(Iterable<String> elements);

        /** Adds things that aren't restored. */
        public abstract Builder addAllLeftOut(Iterable<String> elements);

        /** Adds something that would make the restore fail. */
        public abstract Builder addObstacles(RestoreObstacle element);

        /** Adds what would make the restore fail. */
        public abstract Builder addObstacles(RestoreObstacle... elements);

        /** Replaces what would make the restore fail. Default: nothing. */
        public abstract Builder obstacles(Iterable<? extends RestoreObstacle> elements);

        /** Adds what would make the restore fail. */
        public abstract Builder addAllObstacles(Iterable<? extends RestoreObstacle> elements);

        /** Adds a sentence on what can't be known. */
        public abstract Builder addRemarks(String element);

        /** Adds sentences on what can't be known. */
        public abstract Builder addRemarks(String... elements);

        /** Replaces the sentences on what can't be known. Default: none. */
        public abstract Builder remarks(Iterable<String> elements);

        /** Adds sentences on what can't be known. */
        public abstract Builder addAllRemarks(Iterable<String> elements);

        /** Builds the plan. */
        public abstract RestorePlan build();
    }
}
