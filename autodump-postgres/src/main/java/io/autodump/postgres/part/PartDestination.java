package io.autodump.postgres.part;

import java.io.IOException;

/** Takes the rows of parts. Several threads call it at the same time, each for another part. */
@FunctionalInterface
public interface PartDestination {
    /** Takes bytes. */
    @FunctionalInterface
    interface Sink {
        /** Takes bytes. The caller may use the array again afterwards. */
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    /** Writes the rows of one part. */
    @FunctionalInterface
    interface Rows {
        /**
         * Writes all rows, in large pieces.
         *
         * @return the number of rows
         * @throws PartFailedException if they can't be read
         * @throws IOException if the sink fails
         */
        long writeTo(Sink sink) throws IOException;
    }

    /**
     * Takes one part. Called again for the same part if an attempt failed.
     *
     * @throws IOException if the rows can't be written
     */
    void take(TablePart part, Rows rows) throws IOException;
}
