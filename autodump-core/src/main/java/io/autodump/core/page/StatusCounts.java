package io.autodump.core.page;

import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import io.autodump.core.usecase.status.StatusReport;

/**
 * The numbers at the top of the page.
 *
 * @param all how many databases there are, paused ones included
 * @param fine how many need no operator, and aren't paused
 * @param trouble how many need an operator
 * @param overdue how many of all lack the dump that they must have by now
 * @param unproven how many of all, paused ones excepted, have no dump that a restore has proven
 * @param paused how many are paused
 */
record StatusCounts(long all, long fine, long trouble, long overdue, long unproven, long paused) {
    static StatusCounts of(StatusReport report) {
        long paused = report.databases().stream().filter(StatusCounts::isPaused).count();
        long trouble = report.trouble().size();
        return new StatusCounts(
                report.databases().size(),
                report.databases().size() - paused - trouble,
                trouble,
                report.databases().stream()
                        .filter(DatabaseStatus::isWithoutDueDump)
                        .count(),
                report.databases().stream()
                        .filter(database -> !isPaused(database))
                        .filter(database -> database.lastProven().isEmpty())
                        .count(),
                paused);
    }

    private static boolean isPaused(DatabaseStatus database) {
        return database.state() == State.PAUSED;
    }

    /** The answer in one sentence. */
    String headline() {
        if (all == 0) {
            return "No database is backed up yet";
        }
        if (trouble > 0) {
            return trouble + " of " + all
                    + (all == 1 ? " database needs" : trouble == 1 ? " databases needs" : " databases need") + " you";
        }
        if (fine == 0) {
            return all == 1 ? "The database is paused" : "All " + all + " databases are paused";
        }
        return fine == 1 ? "The database is protected" : "All " + fine + " databases are protected";
    }
}
