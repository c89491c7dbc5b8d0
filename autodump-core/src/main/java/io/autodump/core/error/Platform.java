package io.autodump.core.error;

/** Whose the dump store, the secrets and the scheduler are. */
public enum Platform {
    /** Services of an AWS account. */
    AWS,
    /** Your own: a folder, a store with an endpoint of its own, the runs on one machine. */
    OWN
}
