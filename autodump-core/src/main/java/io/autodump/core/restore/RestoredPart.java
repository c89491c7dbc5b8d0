package io.autodump.core.restore;

/** Whether a restore takes definitions, rows, or both. */
public enum RestoredPart {
    /** Definitions and rows. */
    ALL,
    /** Definitions without rows. */
    SCHEMA,
    /** Rows without definitions: the target has the tables already. */
    DATA
}
