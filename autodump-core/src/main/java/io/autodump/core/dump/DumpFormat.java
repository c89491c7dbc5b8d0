package io.autodump.core.dump;

/** The output formats of {@code pg_dump} that can be streamed. */
public enum DumpFormat {
    /** {@code pg_dump}'s own archive, for {@code pg_restore}. Allows selective and parallel restores. */
    CUSTOM("custom", ".dump"),
    /** An SQL script, for {@code psql}. */
    PLAIN("plain", ".sql");

    private final String text;
    private final String extension;

    DumpFormat(String text, String extension) {
        this.text = text;
        this.extension = extension;
    }

    /** Returns the word in a tag, in a manifest and in {@code pg_dump --format}. */
    public String text() {
        return text;
    }

    /** Returns what a dump's file name ends in, without the ending of an outer compression. */
    public String extension() {
        return extension;
    }
}
