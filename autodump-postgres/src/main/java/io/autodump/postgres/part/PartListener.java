package io.autodump.postgres.part;

/** Follows how parts are read. Several threads call it. */
public interface PartListener {
    /** A part begins, perhaps once more. */
    void begins(TablePart part);

    /** Rows have come; called often. */
    void read(long bytes);
}
