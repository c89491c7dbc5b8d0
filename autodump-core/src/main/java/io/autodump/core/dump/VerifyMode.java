package io.autodump.core.dump;

/** How a dump is checked before its manifest is written. */
public enum VerifyMode {
    /** AutoDump reads the archive's own contents list. */
    ARCHIVE("archive"),
    /** AutoDump restores the dump into a scratch database as well, and compares the rows of every table. */
    RESTORE("restore");

    private final String text;

    VerifyMode(String text) {
        this.text = text;
    }

    /** Returns the word in a tag and in a manifest. */
    public String text() {
        return text;
    }
}
