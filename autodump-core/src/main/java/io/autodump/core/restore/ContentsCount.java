package io.autodump.core.restore;

/**
 * How many objects of a kind a restore makes.
 *
 * @param kind in words: {@code table}, {@code index}, {@code foreign key}
 * @param count at least one
 */
public record ContentsCount(String kind, long count) {}
