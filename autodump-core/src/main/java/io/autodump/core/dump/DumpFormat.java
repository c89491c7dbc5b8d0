package io.autodump.core.dump;

/** The output formats of {@code pg_dump} that can be streamed. */
public enum DumpFormat {
    /** {@code pg_dump}'s own archive, for {@code pg_restore}: selective and parallel restores. */
    CUSTOM("custom", ".dump"),
    /** An SQL script, for {@code psql}. */
    PLAIN("plain", ".sql");

    private final String text;
    private final String extension;

    DumpFormat(String text, String extension) {
        this.text = text;
        this.extension = extension;
    }

    /** The word in a tag, in a manifest and behind {@code pg_dump --format}. */
    public String text() {
        return text;
    }

    /** How a dump's file name ends, before what an outer compression adds. */
    public String extension() {
        return extension;
    }
}
