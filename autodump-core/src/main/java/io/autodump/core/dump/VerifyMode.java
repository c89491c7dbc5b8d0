package io.autodump.core.dump;

/** How a dump is checked before its manifest is written. */
public enum VerifyMode {
    /** The archive's own contents list is read. */
    ARCHIVE("archive"),
    /** The dump is restored into a scratch database, and every table's rows are counted on both sides. */
    RESTORE("restore");

    private final String text;

    VerifyMode(String text) {
        this.text = text;
    }

    /** The word in a tag and in a manifest. */
    public String text() {
        return text;
    }
}
