package io.autodump.cli.command;

import io.autodump.core.database.DatabaseSecret;
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
 * A connection as libpq writes it: {@code postgres://user@host:port/database?sslmode=…} (PostgreSQL manual, "Connection
 * URIs"), without a password, because a command line can be read by everybody on the machine.
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
     * Reads a URL; the password is left empty for {@link DatabaseSecret} to be completed by the caller.
     *
     * @throws InvalidInputException {@code INVALID_ARGUMENT} with every problem, never with the URL itself: it may hold
     *     a password
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
                    "holds a password, which everybody on this machine can read; put it into PGPASSWORD or a"
                            + " --password-file, and change it if this machine isn't yours alone"));
        }
        String user = part(matcher, "user", "a user (USER@HOST)");
        String host = part(matcher, "host", "a host");
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
            problems.add(new Problem(OPTION, "lacks " + words + "; its form is " + FORM));
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

    /** Percent-decoding; a plus sign stays one, unlike in a form. */
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
