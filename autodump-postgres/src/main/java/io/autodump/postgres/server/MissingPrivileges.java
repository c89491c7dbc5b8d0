package io.autodump.postgres.server;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.List;

/**
 * The objects of a dump that the user can't read. Immutable.
 *
 * @param objects each with its kind and quoted name, for example {@code table public.payroll}; empty if nothing
 *     is missing
 * @param remedies the SQL statements that grant the privileges, for a superuser or the owner of the objects
 */
public record MissingPrivileges(List<String> objects, List<String> remedies) {
    private static final int SHOWN = 20;

    public MissingPrivileges {
        objects = List.copyOf(objects);
        remedies = List.copyOf(remedies);
    }

    /** Returns whether everything can be read. */
    public boolean isNone() {
        return objects.isEmpty();
    }

    /** Returns the first 20 objects, and how many more there are. */
    public String summary() {
        String shown = String.join(", ", objects.subList(0, Math.min(SHOWN, objects.size())));
        return objects.size() <= SHOWN ? shown : shown + " and " + (objects.size() - SHOWN) + " more";
    }

    /** Throws {@code PRIVILEGES_MISSING} unless everything can be read. */
    public void requireNone(DatabaseSecret database) {
        if (!isNone()) {
            throw new AutoDumpException(
                    ErrorCode.PRIVILEGES_MISSING,
                    "user \"" + database.username() + "\" may not read all of database \"" + database.database()
                            + "\": " + summary() + "; nothing was dumped",
                    String.join("; ", remedies));
        }
    }
}
