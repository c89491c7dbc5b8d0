package io.autodump.postgres.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the value of a server parameter for {@code SET}. */
public final class SettingValue {
    /**
     * The parameters that contain a list of quoted names (PostgreSQL, {@code guc_tables.c}: {@code GUC_LIST_QUOTE}).
     */
    private static final Set<String> LISTS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private SettingValue() {}

    /** Returns {@code "name" TO value}, which makes the server store exactly this value again. */
    public static String assignment(String name, String value) {
        return quotedName(name) + " TO "
                + (LISTS.contains(name.toLowerCase(Locale.ROOT)) ? list(value) : Sql.literal(value));
    }

    /** The name of a custom parameter has parts: {@code app.tenant}. */
    private static String quotedName(String name) {
        return List.of(name.split("\\.", -1)).stream().map(Sql::quoted).collect(Collectors.joining("."));
    }

    private static String list(String value) {
        List<String> names = names(value);
        return names.isEmpty() ? "''" : names.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }

    /** Splits at commas outside of double quotes. In quotes, a doubled quote is a quote. */
    private static List<String> names(String value) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' && quoted && i + 1 < value.length() && value.charAt(i + 1) == '"') {
                name.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
                wasQuoted = true;
            } else if (c == ',' && !quoted) {
                add(names, name, wasQuoted);
                wasQuoted = false;
            } else if (quoted || !Character.isWhitespace(c)) {
                name.append(c);
            }
        }
        add(names, name, wasQuoted);
        return names;
    }

    private static void add(List<String> names, StringBuilder name, boolean wasQuoted) {
        if (wasQuoted || !name.isEmpty()) {
            names.add(name.toString());
        }
        name.setLength(0);
    }
}
