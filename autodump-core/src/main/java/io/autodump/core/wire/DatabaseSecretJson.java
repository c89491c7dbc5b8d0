package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.BucketName;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.HostName;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parses the value of a secret. Keys: {@code username, password, databasename, endpoint, engine}, and optionally
 * {@code readerendpoint, bucketname, port, sslmode, sslrootcert, prefix}. The names in secrets of RDS, {@code dbname}
 * and {@code host}, are accepted too. Other keys are ignored, unless one looks like a misspelt optional key: a misspelt
 * {@code sslmode} must not silently weaken a connection. {@code docs/secrets.md} describes the keys.
 */
public final class DatabaseSecretJson {
    private static final String HINT = "docs/secrets.md describes the keys of a secret's value";
    private static final String MAINTENANCE = "postgres";
    private static final List<String> KEYS = List.of(
            "username",
            "password",
            "databasename",
            "dbname",
            "endpoint",
            "host",
            "engine",
            "readerendpoint",
            "bucketname",
            "port",
            "sslmode",
            "sslrootcert",
            "prefix");
    private static final String DATABASE = "databasename or dbname";
    private static final Map<String, String> SECOND_NAMES = Map.of("endpoint", "host", "databasename", "dbname");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private final ObjectNode node;
    private final List<Problem> problems = new ArrayList<>();

    private final Set<String> engines;

    private DatabaseSecretJson(ObjectNode node, Set<String> engines) {
        this.node = node;
        this.engines = engines;
    }

    /**
     * Parses a secret's value.
     *
     * @param secretName the name for the message
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_SECRET_VALUE} with every problem, by key and
     *     never with a value
     */
    public static DatabaseSecret parse(String secretName, SecretValue value) {
        return parse(secretName, value, Set.of());
    }

    /**
     * Parses a secret's value in a process that knows its engines.
     *
     * @param secretName the name for the message
     * @param engines the engine names that a secret may have; empty for any
     * @throws io.autodump.core.error.AutoDumpException as {@link #parse(String, SecretValue)}
     */
    public static DatabaseSecret parse(String secretName, SecretValue value, Set<String> engines) {
        return parse(secretName, value, engines, Authentication.PASSWORD);
    }

    /**
     * Parses a secret's value.
     *
     * <p>With {@link Authentication#IAM} the connection has an empty password, which the caller replaces by a token.
     * The secret's own password may be missing and is ignored. The server receives the token as it would receive a
     * password, so {@code sslmode} must not be {@code disable}.
     *
     * @param secretName the name for the message
     * @param engines the engine names that a secret may have; empty for any
     * @throws io.autodump.core.error.AutoDumpException as {@link #parse(String, SecretValue)}
     */
    public static DatabaseSecret parse(
            String secretName, SecretValue value, Set<String> engines, Authentication authentication) {
        return parse(
                secretName,
                value,
                engines,
                SecretTags.builder().authentication(authentication).build());
    }

    /**
     * Parses the value of a secret whose tags may say what the value lacks: {@link SecretTags#connection()}. A tag
     * never overrides the value; a difference is a problem. With {@link SecretTags#databases()}, the connection is to
     * the database {@value #MAINTENANCE} if neither names one.
     *
     * @param secretName the name for the message
     * @param engines the engine names that a secret may have; empty for any
     * @throws io.autodump.core.error.AutoDumpException as {@link #parse(String, SecretValue)}
     */
    public static DatabaseSecret parse(String secretName, SecretValue value, Set<String> engines, SecretTags tags) {
        String subject = "secret " + secretName;
        ObjectNode node = Json.parse(ErrorCode.INVALID_SECRET_VALUE, subject, value.reveal(), HINT);
        DatabaseSecretJson json = new DatabaseSecretJson(node, engines);
        tags.connection().forEach(json::complete);
        if (tags.databases().isPresent() && json.own("databasename").isEmpty()) {
            json.complete("databasename", MAINTENANCE);
        }
        return json.read(subject, tags.authentication() == Authentication.IAM);
    }

    private Optional<JsonNode> own(String key) {
        return Stream.of(key, SECOND_NAMES.getOrDefault(key, key))
                .filter(node::hasNonNull)
                .<JsonNode>map(node::get)
                .findFirst();
    }

    private void complete(String key, String tagged) {
        own(key).ifPresentOrElse(
                        value -> check(
                                value.asText().strip().equals(tagged), key, "differs from the secret's tag; keep one"),
                        () -> node.put(key, tagged));
    }

    private DatabaseSecret read(String subject, boolean byToken) {
        reportSlips();
        Optional<String> username = required("username");
        Optional<String> database = required("databasename", "dbname");
        Optional<String> host =
                required("endpoint", "host").filter(text -> isHost(node.has("endpoint") ? "endpoint" : "host", text));
        boolean socket = host.filter(text -> text.startsWith("/")).isPresent();
        Optional<String> password =
                byToken || (socket && !node.has("password")) ? Optional.empty() : required("password");
        Optional<String> reader = text("readerendpoint").filter(text -> isHost("readerendpoint", text));
        Optional<String> engine = required("engine").filter(this::isKnownEngine);
        Optional<String> bucket = text("bucketname").filter(this::isBucket);
        Optional<Integer> port = port();
        Optional<TlsMode> tls = text("sslmode").flatMap(this::tlsMode);
        Optional<String> sslRootCert = text("sslrootcert");
        Optional<String> prefix = text("prefix").filter(this::isPrefix).map(DatabaseSecretJson::withoutOuterSlashes);
        requireNoProblem(subject);
        DatabaseSecret.Builder builder = DatabaseSecret.builder()
                .username(username.orElseThrow())
                .password(Password.of(password.orElse("")))
                .database(database.orElseThrow())
                .host(host.orElseThrow())
                .readerHost(reader)
                .engine(engine.orElseThrow())
                .bucket(bucket)
                .sslRootCert(sslRootCert)
                .prefix(prefix.filter(text -> !text.isEmpty()));
        port.ifPresent(builder::port);
        tls.ifPresent(builder::tls);
        DatabaseSecret secret = builder.build();
        check(
                !byToken || secret.tls() != TlsMode.DISABLE,
                "sslmode",
                "must not be disable (the default for a local host) with autodump:auth=iam");
        requireNoProblem(subject);
        return secret;
    }

    private void requireNoProblem(String subject) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(ErrorCode.INVALID_SECRET_VALUE, subject, problems, hint());
        }
    }

    /** RDS leaves out of its secrets what a person who connects knows. */
    private String hint() {
        if (node.has("username") && node.has("password") && node.size() == 2) {
            return "RDS manages a secret with username and password alone: set its tags autodump:endpoint,"
                    + " autodump:database and autodump:engine. " + HINT;
        }
        boolean onlyDatabaseMissing =
                problems.size() == 1 && problems.get(0).where().equals(DATABASE);
        return onlyDatabaseMissing
                ? "set the secret's tag autodump:database, or add \"dbname\" to its value. " + HINT
                : HINT;
    }

    private void reportSlips() {
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                NearestName.of(key.replaceAll("[_-]", ""), KEYS)
                        .ifPresent(known ->
                                problems.add(new Problem(key, "isn't a known key; did you mean " + known + "?")));
            }
        });
    }

    /**
     * Returns the text of the first of these keys that is present. Records a problem under the first key if none is.
     */
    private Optional<String> required(String... keys) {
        Map<String, String> found = new LinkedHashMap<>();
        int before = problems.size();
        for (String key : keys) {
            text(key).ifPresent(text -> found.put(key, text));
        }
        if (found.isEmpty() && problems.size() == before) {
            problems.add(new Problem(String.join(" or ", keys), "is missing"));
        }
        if (found.values().stream().distinct().count() > 1) {
            problems.add(new Problem(String.join(" and ", found.keySet()), "contradict each other; keep one"));
        }
        return found.values().stream().findFirst();
    }

    /** Empty if the key is absent, or if its value is a problem, which is then recorded. */
    private Optional<String> text(String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            problems.add(new Problem(key, "must be a JSON string"));
        } else if (value.textValue().isEmpty()) {
            problems.add(new Problem(key, "is empty"));
        } else if (CONTROL.matcher(value.textValue()).find()) {
            problems.add(new Problem(
                    key, "contains a control character, such as a line break, or half of a surrogate pair"));
        } else {
            return Optional.of(value.textValue());
        }
        return Optional.empty();
    }

    private Optional<Integer> port() {
        JsonNode value = node.get("port");
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        String digits = value.isTextual() ? value.textValue().strip() : value.toString();
        if (digits.matches("\\d{1,5}")) {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65_535) {
                return Optional.of(port);
            }
        }
        problems.add(new Problem("port", "must be a whole number from 1 to 65535"));
        return Optional.empty();
    }

    private boolean isHost(String key, String host) {
        Optional<String> problem = HostName.problem(host);
        problem.ifPresent(what -> problems.add(new Problem(key, what)));
        return problem.isEmpty();
    }

    private boolean isKnownEngine(String engine) {
        Optional<String> problem = EngineName.problem(engine, engines);
        problem.ifPresent(what -> problems.add(new Problem("engine", what)));
        return problem.isEmpty();
    }

    private boolean isBucket(String bucket) {
        return check(BucketName.isValid(bucket), "bucketname", "must be " + BucketName.SYNTAX);
    }

    private boolean isPrefix(String prefix) {
        boolean climbs = List.of(prefix.split("/")).stream().anyMatch(part -> part.equals(".") || part.equals(".."));
        return check(!climbs, "prefix", "must not contain . or .. as a part")
                && check(prefix.length() <= 965, "prefix", "is longer than 965 characters, and a key has 1010 bytes");
    }

    private Optional<TlsMode> tlsMode(String text) {
        Optional<TlsMode> mode = TlsMode.parse(text);
        check(
                mode.isPresent(),
                "sslmode",
                "must be one of disable, require, verify-ca, verify-full (allow and prefer fall back to clear text)");
        return mode;
    }

    private boolean check(boolean holds, String key, String problem) {
        if (!holds) {
            problems.add(new Problem(key, problem));
        }
        return holds;
    }

    private static String withoutOuterSlashes(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
