package io.autodump.postgres.part;

import java.util.Optional;

/** How many sessions read a database if its tags don't say. */
public final class JobsChoice {
    private static final long GIB = 1024L * 1024 * 1024;

    /** A database below this size is one archive. */
    private static final long LEAST_DATABASE = GIB;

    private static final long BYTES_PER_SESSION = GIB / 2;

    /** More would weigh on a server that has other work; a tag can ask for more. */
    private static final int MOST = 4;

    private JobsChoice() {}

    /**
     * Chooses.
     *
     * @param asked the number that the tags ask for
     * @param databaseBytes the size of the database on the server's disk
     * @param processors those of this machine, which compress and hash
     */
    public static int of(Optional<Integer> asked, long databaseBytes, int processors) {
        return asked.orElseGet(() -> databaseBytes < LEAST_DATABASE
                ? 1
                : (int) Math.min(Math.min(processors, MOST), databaseBytes / BYTES_PER_SESSION));
    }
}
