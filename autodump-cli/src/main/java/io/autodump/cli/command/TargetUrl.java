package io.autodump.cli.command;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.HostName;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection URI as in libpq: {@code postgres://user@host:port/database?sslmode=…} (PostgreSQL manual,
 * "Connection URIs"). It may not hold a password, because every user of the machine can read command lines.
 */
final class TargetUrl {
    private static final String OPTION = "--url";
    private static final String FORM = "postgres://USER@HOST[:PORT]/DATABASE[?sslmode=MODE&sslrootcert=FILE]";
    private static final List<String> PARAMETERS = List.of("sslmode", "sslrootcert");
    private static final Pattern SYNTAX = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^@/:]*)(?<password>:[^@/]*)?@)?(?<host>\\[[^\\]]+\\]|[^/:?]*)(?::(?<port>[^/?]*))?"
                    + "(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");

    private final List<Problem> problems = new ArrayList<>();
    private Optional<TlsMode> tls = Optional.empty();
    private Optional<String> sslRootCert = Optional.empty();

    private TargetUrl() {}

    /**
     * Parses a URL.
     *
     * @param password the password of the result
     * @throws InvalidInputException {@code INVALID_ARGUMENT} with every problem. The message never holds the URL, which
     *     may hold a password
     */
    static DatabaseSecret parse(String url, Password password) {
        return new TargetUrl().read(url, password);
    }

    private DatabaseSecret read(String url, Password password) {
        Matcher matcher = SYNTAX.matcher(url);
        if (!matcher.matches()) {
            throw invalid(List.of(new Problem(OPTION, "isn't of the form " + FORM)));
        }
        if (matcher.group("password") != null) {
            problems.add(new Problem(
                    OPTION,
                    "holds a password, which every user of this machine can read; put it into PGPASSWORD or a"
                            + " --password-file, and change it if other people use this machine"));
        }
        String user = part(matcher, "user", "a user (USER@HOST)");
        String host = part(matcher, "host", "a host");
        HostName.problem(host)
                .filter(problem -> !host.isEmpty())
                .ifPresent(problem -> problems.add(new Problem(OPTION, "has a host that " + problem)));
        String database = part(matcher, "database", "a database (…/DATABASE)");
        int port = port(Optional.ofNullable(matcher.group("port")));
        parameters(Optional.ofNullable(matcher.group("query")).orElse(""));
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
        DatabaseSecret.Builder target = DatabaseSecret.builder()
                .username(user)
                .password(password)
                .host(host.replaceAll("^\\[|\\]$", ""))
                .port(port)
                .database(database)
                .sslRootCert(sslRootCert);
        tls.ifPresent(target::tls);
        return target.build();
    }

    private String part(Matcher matcher, String group, String words) {
        String text = decoded(Optional.ofNullable(matcher.group(group)).orElse(""));
        if (text.isEmpty()) {
            problems.add(new Problem(OPTION, "lacks " + words + "; the form is " + FORM));
        }
        return text;
    }

    private int port(Optional<String> text) {
        if (text.isEmpty()) {
            return DatabaseSecret.DEFAULT_PORT;
        }
        int port = text.get().matches("\\d{1,5}") ? Integer.parseInt(text.get()) : 0;
        if (port < 1 || port > 65_535) {
            problems.add(new Problem(OPTION, "needs a port from 1 to 65535"));
        }
        return port;
    }

    private void parameters(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
            switch (name) {
                case "sslmode" -> tls = tlsMode(value);
                case "sslrootcert" -> sslRootCert = Optional.of(value);
                case "password" ->
                    problems.add(new Problem(OPTION, "holds a password; put it into PGPASSWORD or a --password-file"));
                default ->
                    problems.add(new Problem(
                            OPTION,
                            "knows the parameters " + String.join(" and ", PARAMETERS) + ", not " + name
                                    + NearestName.didYouMean(name, PARAMETERS)));
            }
        }
    }

    private Optional<TlsMode> tlsMode(String text) {
        Optional<TlsMode> mode = TlsMode.parse(text);
        if (mode.isEmpty()) {
            problems.add(
                    new Problem(OPTION, "needs an sslmode of disable, require, verify-ca or verify-full, not " + text));
        }
        return mode;
    }

    /** Decodes percent signs. A plus sign stays a plus sign, unlike in a form. */
    private String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(OPTION, "has a % that isn't followed by two hexadecimal digits"));
            return text;
        }
    }

    private static InvalidInputException invalid(List<Problem> problems) {
        return new InvalidInputException(
                ErrorCode.INVALID_ARGUMENT, "restore", problems, "see: autodump restore --help");
    }
}
