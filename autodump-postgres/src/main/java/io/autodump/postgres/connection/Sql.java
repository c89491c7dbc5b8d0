package io.autodump.postgres.connection;

/** Writes names and texts in SQL. */
public final class Sql {
    private Sql() {}

    /** Returns a name for a person to copy. Quotes it only if PostgreSQL would otherwise read another name. */
    public static String identifier(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : quoted(name);
    }

    /** Returns a name for the server. Always quotes it, because a keyword can be a name too. */
    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Returns a string literal that doesn't depend on {@code standard_conforming_strings}. */
    public static String literal(String text) {
        String doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
