package io.autodump.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** The name and the value of a setting, which a stored manifest holds, stay one assignment whatever they are. */
class SettingValueFuzzTest {
    private static final List<String> NAMES = List.of("search_path", "temp_tablespaces", "app.tenant", "work_mem");

    @FuzzTest
    void fuzz(FuzzedDataProvider input) {
        String name = input.consumeBoolean() ? input.pickValue(NAMES) : input.consumeString(30);
        String assignment = SettingValue.assignment(name, input.consumeRemainingAsString());
        assertThat(outsideOfQuotes(assignment)).matches("q(\\.q)* TO q(, q)*");
    }

    /** The text with each quoted part as {@code q}, read as PostgreSQL reads it. */
    private static String outsideOfQuotes(String sql) {
        StringBuilder outside = new StringBuilder();
        for (int i = 0; i < sql.length(); i++) {
            boolean escapes = sql.startsWith("E'", i);
            i += escapes ? 1 : 0;
            char quote = sql.charAt(i);
            if (quote != '\'' && quote != '"') {
                outside.append(quote);
                continue;
            }
            i = end(sql, i, quote, escapes);
            outside.append('q');
        }
        return outside.toString();
    }

    private static int end(String sql, int from, char quote, boolean escapes) {
        int i = from + 1;
        while (i < sql.length()) {
            if (escapes && sql.charAt(i) == '\\') {
                i++;
            } else if (sql.charAt(i) == quote) {
                if (i + 1 >= sql.length() || sql.charAt(i + 1) != quote) {
                    return i;
                }
                i++;
            }
            i++;
        }
        throw new AssertionError("a quote isn't closed: " + sql);
    }
}
