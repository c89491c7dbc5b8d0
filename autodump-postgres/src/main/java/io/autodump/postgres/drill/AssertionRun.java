package io.autodump.postgres.drill;

import io.autodump.core.drill.DrillAssertions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.ServerReason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Executes the statements of an operator's file, and judges what they return. Used once. */
final class AssertionRun {
    private static final int MOST_NAMED = 20;
    private static final int MOST_COLUMNS = 8;
    private static final int LONGEST_VALUE = 60;

    private final DrillAssertions assertions;
    private final List<String> untrue = new ArrayList<>();
    private int checked;

    AssertionRun(DrillAssertions assertions) {
        this.assertions = assertions;
    }

    /**
     * Checks all of them.
     *
     * @return how many there are
     * @throws AutoDumpException {@code ASSERTION_FAILED}, {@code INVALID_ARGUMENT}
     */
    int check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            run(statement);
        }
        requireAny();
        if (!untrue.isEmpty()) {
            int more = untrue.size() - MOST_NAMED;
            throw failed(
                    untrue.size() + " of " + checked + " assertions of " + assertions.name() + " aren't true: "
                            + untrue.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
                            + (more > 0 ? "; and " + more + " more" : ""),
                    null);
        }
        return checked;
    }

    private void run(Statement statement) {
        try {
            boolean rows = statement.execute(assertions.text());
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    judge(statement.getResultSet());
                }
                rows = statement.getMoreResults();
            }
        } catch (SQLException wrong) {
            throw failed(
                    assertions.name() + " couldn't be executed, after " + checked + " assertions: "
                            + ServerReason.of(wrong),
                    wrong);
        }
    }

    private void judge(ResultSet result) throws SQLException {
        checked++;
        ResultSetMetaData columns = result.getMetaData();
        boolean isBoolean = columns.getColumnCount() == 1 && columns.getColumnType(1) == Types.BIT;
        while (result.next()) {
            if (!isBoolean || !result.getBoolean(1)) {
                String name = columns.getColumnLabel(1);
                untrue.add("number " + checked
                        + (isBoolean ? " (" + name + ") is " + value(result, 1) : " returned " + row(result)));
                return;
            }
        }
    }

    private static String row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= Math.min(columns.getColumnCount(), MOST_COLUMNS); column++) {
            values.add(columns.getColumnLabel(column) + " = " + value(result, column));
        }
        return String.join(", ", values);
    }

    private static String value(ResultSet result, int column) throws SQLException {
        String text = result.getString(column);
        if (text == null) {
            return "null";
        }
        if ("t".equals(text) || "f".equals(text)) {
            return "t".equals(text) ? "true" : "false";
        }
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private void requireAny() {
        if (checked == 0) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    assertions.name() + " has no statement that returns rows, so it asserts nothing",
                    "write statements such as: SELECT count(*) > 0 AS \"there are orders\" FROM orders;");
        }
    }

    private static AutoDumpException failed(String what, @Nullable SQLException cause) {
        return new AutoDumpException(
                ErrorCode.ASSERTION_FAILED,
                what,
                "if the statement is right, the dump lacks what it asks for: use an older dump, and look at the database",
                cause);
    }
}
