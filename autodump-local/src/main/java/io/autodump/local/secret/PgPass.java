package io.autodump.local.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.local.secret.PasswordSources.PasswordProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The password file of libpq, by its rules (PostgreSQL manual, "The Password File"): {@code PGPASSFILE}, otherwise
 * {@code ~/.pgpass}; the first line that matches; ignored if other users can read it.
 */
final class PgPass {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final int FIELDS = 5;

    private final Map<String, String> environment;

    PgPass(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns the password for a secret's value; empty if the file has none, or if there is no file. */
    Optional<String> find(ObjectNode value) {
        Path file = file();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String host = first(value, "endpoint", "host");
        // libpq looks up the default socket as localhost, and any other folder by its name.
        List<String> hosts = host.startsWith("/") ? List.of(host, "localhost") : List.of(host);
        List<String> rest = List.of(port(value), first(value, "databasename", "dbname"), first(value, "username"));
        try {
            Optional<String> found = Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(PgPass::fields)
                    .filter(fields -> fields.size() == FIELDS && matches(fields, hosts, rest))
                    .findFirst()
                    .map(fields -> fields.get(FIELDS - 1));
            if (found.isPresent()) {
                requirePrivate(file);
            }
            return found;
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Path file() {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return Optional.ofNullable(environment.get("PGPASSFILE"))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(home, ".pgpass"));
    }

    private static void requirePrivate(Path file) throws IOException {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new PasswordProblem(
                        "password", file + " has it, and isn't used: other users can read it; run: chmod 600 " + file);
            }
        } catch (UnsupportedOperationException notPosix) {
            // Windows has no such rights, and libpq doesn't look at them there.
        }
    }

    private static boolean matches(List<String> fields, List<String> hosts, List<String> rest) {
        boolean host = fields.get(0).equals("*") || hosts.contains(fields.get(0));
        for (int i = 0; i < rest.size(); i++) {
            host &= fields.get(i + 1).equals("*") || fields.get(i + 1).equals(rest.get(i));
        }
        return host;
    }

    /** A backslash keeps a colon or a backslash from its meaning. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (character == ':' && fields.size() < FIELDS - 1) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static String first(ObjectNode value, String... keys) {
        for (String key : keys) {
            JsonNode node = value.get(key);
            if (node != null && node.isTextual()) {
                return node.textValue();
            }
        }
        return "";
    }

    private static String port(ObjectNode value) {
        JsonNode port = value.get("port");
        return port == null ? "5432" : port.asText();
    }
}
