package io.autodump.core.page;

import io.autodump.core.error.HintWords;
import io.autodump.core.internal.ReadableText;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.DatabaseStatus.State;
import java.util.ArrayList;
import java.util.List;

/** Why a database needs an operator, and what to do, in lines of plain text. */
final class Explanation {
    static final String HINT = "HINT: ";

    private final HintWords words;

    Explanation(HintWords words) {
        this.words = words;
    }

    List<String> of(DatabaseStatus database) {
        List<String> lines = new ArrayList<>();
        database.problems().forEach(problem -> lines.add("The tag " + problem));
        boolean stopped =
                database.state() == State.UNPROTECTED && !database.problems().isEmpty();
        if (database.isWithoutDueDump() && !stopped) {
            database.due()
                    .ifPresent(due -> lines.add("There is no dump of the run of " + ReadableText.instant(due) + "."));
        }
        drill(database, lines);
        copies(database, lines);
        if (database.state() == State.SUSPICIOUS) {
            lines.addAll(database.newestDumps().get(0).suspicions());
            lines.add(HINT + "if that is right: autodump acknowledge "
                    + database.newestDumps().get(0).key());
        } else {
            failure(database, lines);
        }
        if (lines.isEmpty()) {
            lines.add("There is no dump, and none is scheduled.");
        }
        return lines;
    }

    private void drill(DatabaseStatus database, List<String> lines) {
        database.failedDrill().ifPresent(drill -> {
            lines.add("The last restore drill failed at " + ReadableText.instant(drill.at()) + ": " + drill.code() + " "
                    + drill.message());
            drill.hint().ifPresent(hint -> lines.add(HINT + words.in(hint)));
        });
    }

    private static void copies(DatabaseStatus database, List<String> lines) {
        database.copies().stream().filter(copy -> !copy.missing().isEmpty()).forEach(copy -> {
            lines.add(ReadableText.count(copy.missing().size(), "cop", "y is", "ies are") + " missing in "
                    + copy.store() + ", the newest of the dump of "
                    + ReadableText.instant(copy.missing().get(0).scheduledAt()) + ".");
            lines.add(HINT + "copy now: autodump copy " + database.secretName());
        });
    }

    private void failure(DatabaseStatus database, List<String> lines) {
        database.lastFailure()
                .filter(run -> database.newestDumps().stream()
                        .allMatch(dump -> dump.scheduledAt().isBefore(run.scheduledAt())))
                .ifPresent(run -> {
                    lines.add(run.code().map(code -> code + " ").orElse("") + run.message());
                    run.hint().ifPresent(hint -> lines.add(HINT + words.in(hint)));
                });
    }
}
