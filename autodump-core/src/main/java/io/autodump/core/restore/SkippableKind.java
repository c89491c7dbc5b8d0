package io.autodump.core.restore;

import java.util.Arrays;
import java.util.Optional;

/**
 * A kind of object that a restore can leave out. Objects that depend on it are left out too, and {@link
 * RestorePlan#leftOut} names them.
 */
public enum SkippableKind {
    /** Comments on anything. */
    COMMENTS("comments"),
    /** {@code ALTER DEFAULT PRIVILEGES}. */
    DEFAULT_PRIVILEGES("default-privileges"),
    /** Event triggers. */
    EVENT_TRIGGERS("event-triggers"),
    /** Comments on extensions. */
    EXTENSION_COMMENTS("extension-comments"),
    /** Extensions. */
    EXTENSIONS("extensions"),
    /** Foreign keys. */
    FOREIGN_KEYS("foreign-keys"),
    /** Foreign-data wrappers and foreign servers. */
    FOREIGN_SERVERS("foreign-servers"),
    /** Foreign tables. */
    FOREIGN_TABLES("foreign-tables"),
    /** Indexes that belong to no constraint. */
    INDEXES("indexes"),
    /** Large objects. */
    LARGE_OBJECTS("large-objects"),
    /** Rows of materialized views: they stay unpopulated. */
    MATERIALIZED_VIEW_DATA("materialized-view-data"),
    /** Policies. Row-level security stays enabled, so tables then show no rows to most roles. */
    POLICIES("policies"),
    /** Privileges and default privileges. */
    PRIVILEGES("privileges"),
    /** Publications. */
    PUBLICATIONS("publications"),
    /** Rules. */
    RULES("rules"),
    /** Security labels. */
    SECURITY_LABELS("security-labels"),
    /** Subscriptions. */
    SUBSCRIPTIONS("subscriptions"),
    /**
     * What a superuser alone can create: functions in C or an untrusted language, base types, operator classes, casts
     * without a function, access methods, languages, parsers and templates of text search.
     */
    SUPERUSER_OBJECTS("superuser-objects"),
    /** The choice of tablespaces: all objects go to the database's own tablespace. */
    TABLESPACES("tablespaces"),
    /** Triggers. */
    TRIGGERS("triggers"),
    /** User mappings of foreign servers. */
    USER_MAPPINGS("user-mappings");

    private final String text;

    SkippableKind(String text) {
        this.text = text;
    }

    /** Returns the word for the command line. */
    public String text() {
        return text;
    }

    /** Returns the kind of a word; empty if there is none. */
    public static Optional<SkippableKind> parse(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
