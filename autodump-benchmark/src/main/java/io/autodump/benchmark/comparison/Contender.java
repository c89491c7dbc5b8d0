package io.autodump.benchmark.comparison;

/**
 * A way to dump or restore one database.
 *
 * @param name for people, unique among those that are compared
 * @param before a shell script that runs before each measurement
 * @param command the shell script that is measured. It leaves what it makes in the folder {@code out}, or in S3
 */
record Contender(String name, String before, String command) {
    /** Removes what the previous one made. */
    static final String EMPTY_FOLDER = "rm -rf out && mkdir out";

    /** A way to dump. */
    static Contender dump(String name, String command) {
        return new Contender(name, EMPTY_FOLDER, command);
    }

    /** A way to restore into the database {@code restored}, which isn't there before. */
    static Contender restore(String name, String command) {
        return new Contender(name, EMPTY_FOLDER + "; dropdb --if-exists restored", command);
    }
}
