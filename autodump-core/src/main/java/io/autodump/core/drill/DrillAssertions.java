package io.autodump.core.drill;

/**
 * Statements about a restored database, in the database's own language. Each statement that returns rows is an
 * assertion. It is true if it returns no rows, or rows of one boolean column that are all true. Immutable.
 *
 * @param name where the statements come from, for messages: the name of a file
 * @param text the statements
 */
public record DrillAssertions(String name, String text) {}
