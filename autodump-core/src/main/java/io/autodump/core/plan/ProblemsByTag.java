package io.autodump.core.plan;

import io.autodump.core.contract.TagNames;
import io.autodump.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Sorts the problems of tags by their consequence. Not thread-safe. */
final class ProblemsByTag {
    private static final Set<String> WHEN =
            Set.of(TagNames.START_SCHEDULE, TagNames.TIMEZONE, TagNames.ENABLED, TagNames.DEPLOYMENT);
    /** Their defaults dump more than was asked for, without encryption, another database, or log in differently. */
    private static final Set<String> PROTECTION = Set.of(
            TagNames.EXCLUDE_TABLE_DATA,
            TagNames.SCHEMAS,
            TagNames.GLOBALS,
            TagNames.ENCRYPT_TO,
            TagNames.AUTH,
            TagNames.ENDPOINT,
            TagNames.PORT,
            TagNames.DATABASE,
            TagNames.ENGINE,
            TagNames.DATABASES);

    /** An unknown tag with one of these words probably asks for less data or more protection. */
    private static final List<String> PROTECTIVE_WORDS = List.of("exclude", "schema", "encrypt", "kms", "mask");

    private final List<Problem> schedule = new ArrayList<>();
    private final List<Problem> protection = new ArrayList<>();
    private final List<Problem> others = new ArrayList<>();

    /** Adds the problem of a known tag's value. */
    void add(Problem problem) {
        list(problem.where()).add(problem);
    }

    /**
     * Adds the problem of a tag that AutoDump doesn't know.
     *
     * @param scheduled whether the secret has a schedule, so that a misspelt one isn't what schedules it
     */
    void unknown(String tag, boolean scheduled) {
        Optional<String> meant = NearMiss.meant(tag);
        Problem problem = new Problem(
                tag,
                "isn't a tag of AutoDump's"
                        + meant.map(name -> "; did you mean " + name + "?").orElse(""));
        if (meant.filter(TagNames.START_SCHEDULE::equals).isPresent()) {
            (scheduled ? others : schedule).add(problem);
        } else if (meant.filter(PROTECTION::contains).isPresent() || isProtective(tag)) {
            protection.add(problem);
        } else {
            others.add(problem);
        }
    }

    TagProblems all() {
        return new TagProblems(schedule, protection, others);
    }

    private List<Problem> list(String tag) {
        if (WHEN.contains(tag)) {
            return schedule;
        }
        return PROTECTION.contains(tag) ? protection : others;
    }

    private static boolean isProtective(String tag) {
        String lower = tag.toLowerCase(Locale.ROOT);
        return PROTECTIVE_WORDS.stream().anyMatch(lower::contains);
    }
}
