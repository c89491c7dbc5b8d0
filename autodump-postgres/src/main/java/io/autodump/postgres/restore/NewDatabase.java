package io.autodump.postgres.restore;

import io.autodump.core.server.DatabaseGrant;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.DatabaseSetting;
import io.autodump.core.server.LocaleProvider;
import io.autodump.postgres.connection.SettingValue;
import io.autodump.postgres.connection.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The SQL that makes a database like the dumped one. Encoding and locale can only be given when a database is created.
 * Its settings come before its data, as those of {@code pg_restore -C} do: constraints, types and materialized views
 * depend on them. What would get in the restore's way comes after the data.
 *
 * @param name of the database
 * @param properties of the dumped database; empty for manifests that don't hold them
 * @param serverMajor the major version of the target server
 * @param locale overrides the dump's locale; empty to keep that
 * @param owner the database's owner; empty for the user that creates it
 */
record NewDatabase(
        String name,
        Optional<DatabaseProperties> properties,
        int serverMajor,
        Optional<String> locale,
        Optional<String> owner) {
    private static final int FIRST_WITH_PROVIDERS = 15;
    private static final int FIRST_WITH_ICU_RULES = 16;

    /**
     * Settings that would get in the restore's way, besides the time limits. Without {@code array_nulls}, the server
     * takes the nulls in dumped arrays for words.
     */
    private static final Set<String> HINDRANCES = Set.of(
            "array_nulls",
            "client_encoding",
            "default_tablespace",
            "default_transaction_deferrable",
            "default_transaction_isolation",
            "default_transaction_read_only",
            "local_preload_libraries",
            "role",
            "session_authorization",
            "session_preload_libraries",
            "temp_file_limit");

    private static final String TIME_LIMIT = "_timeout";

    /** {@code CREATE DATABASE}, from {@code template0}, which holds nothing that could collide with the dump. */
    String creation() {
        String base = "CREATE DATABASE " + Sql.quoted(name)
                + owner.map(role -> " OWNER " + Sql.quoted(role)).orElse("") + " TEMPLATE template0";
        return properties.map(found -> base + encodingAndLocale(found)).orElse(base);
    }

    /** Returns a database of the restoring user with the same encoding and locale, and another name. */
    NewDatabase asTrial(String otherName) {
        return new NewDatabase(otherName, properties, serverMajor, locale, Optional.empty());
    }

    private String encodingAndLocale(DatabaseProperties found) {
        String encoding = " ENCODING " + Sql.literal(found.encoding());
        return encoding
                + locale.map(this::libcLocale)
                        .orElseGet(() -> " LC_COLLATE " + Sql.literal(found.collate()) + " LC_CTYPE "
                                + Sql.literal(found.ctype()) + provider(found));
    }

    private String libcLocale(String chosen) {
        String literal = Sql.literal(chosen);
        return " LC_COLLATE " + literal + " LC_CTYPE " + literal
                + (serverMajor >= FIRST_WITH_PROVIDERS ? " LOCALE_PROVIDER libc" : "");
    }

    private String provider(DatabaseProperties found) {
        if (serverMajor < FIRST_WITH_PROVIDERS) {
            return "";
        }
        LocaleProvider provider = found.localeProvider();
        String option = " LOCALE_PROVIDER " + provider.text();
        return option
                + found.locale()
                        .map(text -> (provider == LocaleProvider.ICU ? " ICU_LOCALE " : " BUILTIN_LOCALE ")
                                + Sql.literal(text))
                        .orElse("")
                + found.icuRules()
                        .filter(rules -> serverMajor >= FIRST_WITH_ICU_RULES)
                        .map(rules -> " ICU_RULES " + Sql.literal(rules))
                        .orElse("");
    }

    /**
     * What is set before the data comes, one statement each. A statement may fail on its own: for a role that isn't
     * there, or for want of a privilege.
     *
     * @param withRoles whether roles are restored too; without, settings of roles are left out
     */
    List<String> beginning(boolean withRoles) {
        return settings(withRoles, setting -> !isHindrance(setting));
    }

    /**
     * What is set once the data is there, one statement each. A statement may fail on its own.
     *
     * @param withRoles whether roles are restored too; without, settings and privileges of roles are left out
     */
    List<String> finishing(boolean withRoles) {
        List<String> statements = new ArrayList<>();
        properties.ifPresent(found -> {
            found.comment()
                    .ifPresent(comment ->
                            statements.add("COMMENT ON DATABASE " + Sql.quoted(name) + " IS " + Sql.literal(comment)));
            statements.addAll(settings(withRoles, NewDatabase::isHindrance));
            if (withRoles) {
                found.grants().ifPresent(grants -> statements.addAll(privileges(grants)));
            }
            if (found.connectionLimit() != DatabaseProperties.UNLIMITED) {
                statements.add("ALTER DATABASE " + Sql.quoted(name) + " CONNECTION LIMIT " + found.connectionLimit());
            }
            if (found.template()) {
                statements.add("ALTER DATABASE " + Sql.quoted(name) + " IS_TEMPLATE true");
            }
            // Last: afterwards the restoring user may have no rights left.
            found.owner()
                    .filter(owner -> withRoles)
                    .ifPresent(owner ->
                            statements.add("ALTER DATABASE " + Sql.quoted(name) + " OWNER TO " + Sql.quoted(owner)));
        });
        return statements;
    }

    private List<String> settings(boolean withRoles, Predicate<DatabaseSetting> which) {
        return properties.stream()
                .flatMap(found -> found.settings().stream())
                .filter(setting -> withRoles || setting.role().isEmpty())
                .filter(which)
                .map(this::setting)
                .toList();
    }

    /** A parameter with a dot belongs to an application or an extension, and limits nothing of the server. */
    private static boolean isHindrance(DatabaseSetting setting) {
        String parameter = setting.name().toLowerCase(Locale.ROOT);
        return HINDRANCES.contains(parameter) || (parameter.endsWith(TIME_LIMIT) && !parameter.contains("."));
    }

    private String setting(DatabaseSetting setting) {
        String subject = setting.role()
                .map(role -> "ALTER ROLE " + Sql.quoted(role) + " IN DATABASE " + Sql.quoted(name))
                .orElse("ALTER DATABASE " + Sql.quoted(name));
        return subject + " SET " + SettingValue.assignment(setting.name(), setting.value());
    }

    private List<String> privileges(List<DatabaseGrant> grants) {
        String on = " ON DATABASE " + Sql.quoted(name);
        List<String> statements = new ArrayList<>();
        statements.add("REVOKE ALL" + on + " FROM PUBLIC");
        grants.forEach(grant -> statements.add("GRANT " + grant.privilege() + on + " TO "
                + grant.grantee().map(Sql::quoted).orElse("PUBLIC")
                + (grant.grantable() ? " WITH GRANT OPTION" : "")));
        return statements;
    }
}
