package io.autodump.core.dump;

/**
 * How to restore.
 *
 * @param create create the database if it isn't there
 * @param jobs parallel connections, 1 to {@link DumpSettings#MAX_JOBS}; more than one stages the archive in a temporary
 *     file, because {@code pg_restore} then needs to seek in it
 * @param intoNonEmpty restore also into a database that already holds objects
 * @param noOwner everything belongs to the user that restores, and no privileges are granted; for a server without the
 *     dump's {@linkplain DumpManifest#roles() roles}. Custom archives only
 */
public record RestoreOptions(boolean create, int jobs, boolean intoNonEmpty, boolean noOwner) {
    /** Into a database that is there and empty, over one connection. */
    public static final RestoreOptions DEFAULTS = new RestoreOptions(false, 1, false, false);

    public RestoreOptions {
        if (jobs < 1 || jobs > DumpSettings.MAX_JOBS) {
            throw new IllegalArgumentException("jobs is 1 to " + DumpSettings.MAX_JOBS + ", not " + jobs);
        }
    }
}
