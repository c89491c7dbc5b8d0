package io.autodump.postgres.fidelity;

import java.util.List;

/**
 * A part of a database: what makes it, and how it is recognized.
 *
 * @param name as in docs/fidelity.md
 * @param since the first version of PostgreSQL that has it
 * @param before the first version that doesn't have it any more
 * @param database the one that it is made in
 * @param restorable whether the test's servers can take it in
 * @param statements make it, as a superuser
 * @param dumped what {@code pg_dump} writes of it; empty if nothing
 * @param losses its names in {@code notIncluded}, where it isn't in a dump
 * @param probe a query for one text, which is the same where the part came back; empty if there is none
 */
record Part(
        String name,
        int since,
        int before,
        String database,
        boolean restorable,
        String statements,
        List<String> dumped,
        List<String> losses,
        String probe) {
    boolean isOf(int serverMajor) {
        return since <= serverMajor && serverMajor < before;
    }

    /** How the table of docs/fidelity.md names the versions. */
    String versions() {
        if (before != Integer.MAX_VALUE) {
            return "to " + (before - 1);
        }
        return since == 0 ? "" : String.valueOf(since);
    }

    @Override
    public String toString() {
        return name;
    }
}
