package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.DatabaseSetting;
import io.autodump.core.server.LocaleProvider;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewDatabaseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DateStyle",
                "TimeZone",
                "app.tenant",
                "app.http_timeout",
                "default_text_search_config",
                "lc_monetary",
                "search_path"
            })
    void settingsComeBeforeTheData(String parameter) {
        NewDatabase database = database(new DatabaseSetting(Optional.empty(), parameter, "x"));

        assertThat(database.beginning(false)).singleElement().asString().startsWith("ALTER DATABASE \"new\" SET ");
        assertThat(database.finishing(false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "array_nulls",
                "default_transaction_read_only",
                "idle_session_timeout",
                "role",
                "session_preload_libraries",
                "Statement_Timeout"
            })
    void settingsThatWouldGetInTheWayComeAfterTheData(String parameter) {
        NewDatabase database = database(new DatabaseSetting(Optional.empty(), parameter, "x"));

        assertThat(database.beginning(false)).isEmpty();
        assertThat(database.finishing(false)).singleElement().asString().contains(parameter);
    }

    @Test
    void settingsOfRolesNeedTheRoles() {
        NewDatabase database = database(
                new DatabaseSetting(Optional.of("app"), "TimeZone", "UTC"),
                new DatabaseSetting(Optional.of("app"), "lock_timeout", "5s"));

        assertThat(database.beginning(true))
                .containsExactly("ALTER ROLE \"app\" IN DATABASE \"new\" SET \"TimeZone\" TO 'UTC'");
        assertThat(database.finishing(true))
                .containsExactly("ALTER ROLE \"app\" IN DATABASE \"new\" SET \"lock_timeout\" TO '5s'");
        assertThat(database.beginning(false)).isEmpty();
        assertThat(database.finishing(false)).isEmpty();
    }

    private static NewDatabase database(DatabaseSetting... settings) {
        DatabaseProperties properties = DatabaseProperties.builder()
                .encoding("UTF8")
                .localeProvider(LocaleProvider.LIBC)
                .collate("C")
                .ctype("C")
                .addSettings(settings)
                .build();
        return new NewDatabase("new", Optional.of(properties), 15, Optional.empty(), Optional.empty());
    }
}
