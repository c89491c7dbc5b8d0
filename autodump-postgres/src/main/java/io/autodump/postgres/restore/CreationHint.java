package io.autodump.postgres.restore;

import io.autodump.core.error.Hints;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** The hint for a database that can't be created like the dumped one. */
final class CreationHint {
    private static final int MOST_LOCALES = 20;

    private CreationHint() {}

    /**
     * Returns the hint.
     *
     * @param installed the locales of the server; asked for only if the locale is the reason
     */
    static String of(SQLException refused, Supplier<List<String>> installed) {
        String message = String.valueOf(refused.getMessage());
        if (message.contains("locale") || message.contains("LC_COLLATE") || message.contains("collation")) {
            List<String> locales = installed.get();
            String known = locales.isEmpty()
                    ? ""
                    : "; the server has these: "
                            + String.join(", ", locales.subList(0, Math.min(MOST_LOCALES, locales.size())))
                            + (locales.size() > MOST_LOCALES
                                    ? " and " + (locales.size() - MOST_LOCALES) + " more"
                                    : "");
            return "install the locale on the target server, or " + Hints.OTHER_LOCALE + known;
        }
        return "create it yourself as a user who may, then restore into it";
    }
}
