package io.autodump.core.error;

import java.util.Map;

/**
 * The words of one program for the remedies in {@link Hints}: its commands, its options, its settings. Immutable
 * and thread-safe.
 */
public final class HintWords {
    private final Map<String, String> words;

    private HintWords(Map<String, String> words) {
        this.words = words;
    }

    /**
     * Returns words for some of the remedies. The others stay as they are.
     *
     * @param words the program's words by the constants of {@link Hints}
     */
    public static HintWords of(Map<String, String> words) {
        return new HintWords(Map.copyOf(words));
    }

    /** Returns a text, such as a report, with the words of this program. Leaves a text alone that has them already. */
    public String in(String text) {
        String worded = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            if (!worded.contains(word.getValue())) {
                worded = worded.replace(word.getKey(), word.getValue());
            }
        }
        return worded;
    }

    /** Returns the failure with the words of this program in its hint; the same object if nothing changes. */
    public AutoDumpException in(AutoDumpException failure) {
        return failure.hint()
                .filter(hint -> !in(hint).equals(hint))
                .map(hint -> failure.withHint(in(hint)))
                .orElse(failure);
    }

    /** Returns the finding with the words of this program in its hint. */
    public Finding in(Finding finding) {
        return new Finding(
                finding.status(),
                finding.subject(),
                finding.check(),
                finding.message(),
                finding.code(),
                finding.hint().map(this::in));
    }
}
