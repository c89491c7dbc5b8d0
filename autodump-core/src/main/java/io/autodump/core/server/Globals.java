package io.autodump.core.server;

/** What of the server a dump records besides the database: {@code autodump:globals}. */
public enum Globals {
    /** The roles that the database needs, without passwords. */
    ROLES("roles"),
    /** No definitions of roles; the manifest holds their names alone. */
    NONE("none");

    private final String text;

    Globals(String text) {
        this.text = text;
    }

    /** Returns the value of the tag. */
    public String text() {
        return text;
    }
}
