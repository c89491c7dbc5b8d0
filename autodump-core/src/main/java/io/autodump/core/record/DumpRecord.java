package io.autodump.core.record;

/** The content of a record in a store. Never holds a secret's value. */
public sealed interface DumpRecord permits FailedRun, Acknowledgement, Attestation, FailedDrill {
    /** Returns the key of the record. */
    RecordKey key();
}
