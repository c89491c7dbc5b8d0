package io.autodump.postgres.connection;

/** Names in SQL text. */
public final class Sql {
    private Sql() {}

    /** For people to copy: quoted only where PostgreSQL would otherwise read another name. */
    public static String identifier(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : quoted(name);
    }

    /** For the server: quoted in any case, since a keyword may be a name too. */
    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** A string literal that the server reads the same whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        String doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
