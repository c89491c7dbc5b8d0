package io.autodump.core.plan;

import io.autodump.core.error.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is wrong with the tags of a secret, by its consequence. What doesn't concern when to dump never stops a dump.
 * Immutable.
 *
 * @param schedule problems of the schedule, the time zone or {@code autodump:enabled}: no run can be scheduled
 * @param protection problems of tags that keep something out of the dump or protect it ({@code
 *     autodump:exclude-table-data}, {@code autodump:schemas}, {@code autodump:encrypt-to}, {@code autodump:auth} and
 *     others): runs are scheduled, and each fails at its time, because the default could dump what shouldn't be dumped
 * @param others all other problems: runs are made, with the defaults of these tags and a warning
 */
public record TagProblems(List<Problem> schedule, List<Problem> protection, List<Problem> others) {
    /** No problem at all. */
    public static final TagProblems NONE = new TagProblems(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public TagProblems {
        schedule = List.copyOf(schedule);
        protection = List.copyOf(protection);
        others = List.copyOf(others);
    }

    /** Returns all problems: those of the schedule first. Unmodifiable. */
    public List<Problem> all() {
        return Stream.of(schedule, protection, others).flatMap(List::stream).toList();
    }

    /** Returns whether nothing is wrong. */
    public boolean isEmpty() {
        return schedule.isEmpty() && protection.isEmpty() && others.isEmpty();
    }
}
