package io.autodump.core.database;

/** Which server of a cluster is dumped. */
public enum SourceServer {
    /** The server that writes: the host of the secret. */
    WRITER("writer"),
    /** A server that only reads. If it cancels the dump because of a conflict with recovery, the writer is dumped. */
    READER("reader");

    private final String text;

    SourceServer(String text) {
        this.text = text;
    }

    /** Returns the word in the tag {@code autodump:source}. */
    public String text() {
        return text;
    }
}
