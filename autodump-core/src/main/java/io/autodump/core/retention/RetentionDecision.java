package io.autodump.core.retention;

/**
 * What happens to one dump, and why. Immutable.
 *
 * @param dump the dump
 * @param delete whether it is deleted; otherwise it is kept
 * @param reason why, in a few words for a person
 */
public record RetentionDecision(RetainedDump dump, boolean delete, String reason) {}
