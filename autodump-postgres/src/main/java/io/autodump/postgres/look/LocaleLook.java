package io.autodump.postgres.look;

import io.autodump.core.error.Hints;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.LocaleProvider;
import io.autodump.postgres.connection.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds out whether the server has the locale of a database that is to be created. */
final class LocaleLook {
    private final TargetServer server;
    private final Obstacles obstacles;

    LocaleLook(TargetServer server, Obstacles obstacles) {
        this.server = server;
        this.obstacles = obstacles;
    }

    /**
     * Tries collations with the same locale. The server would compare a locale with the encoding of the connected
     * database, so a database with another encoding can't be looked at.
     *
     * @param chosen overrides the database's locale
     */
    void run(DatabaseProperties created, Optional<String> chosen) throws SQLException {
        if (!server.encoding().equals(created.encoding())) {
            return;
        }
        String collate = chosen.orElse(created.collate());
        String type = chosen.orElse(created.ctype());
        attempt(collate, "LC_COLLATE = " + Sql.literal(collate) + ", LC_CTYPE = " + Sql.literal(type));
        if (chosen.isEmpty() && created.localeProvider() != LocaleProvider.LIBC) {
            String locale = created.locale().orElse("");
            attempt(locale, "PROVIDER = " + created.localeProvider().text() + ", LOCALE = " + Sql.literal(locale));
        }
    }

    private void attempt(String locale, String options) throws SQLException {
        Optional<String> refused = server.tried("CREATE COLLATION pg_temp.autodump_look (" + options + ")")
                .filter(why -> why.contains("locale") || why.contains("ICU"));
        if (refused.isPresent()) {
            obstacles.add(
                    "locale",
                    locale,
                    "the target server can't create a database with it: " + refused.get(),
                    "install the locale on the target server, or " + Hints.OTHER_LOCALE + known(server.locales()));
        }
    }

    private static String known(List<String> locales) {
        return locales.isEmpty() ? "" : "; the server has these: " + Obstacles.few(locales);
    }
}
