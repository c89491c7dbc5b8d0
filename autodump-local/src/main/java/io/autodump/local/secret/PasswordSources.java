package io.autodump.local.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.IoReason;
import io.autodump.core.secret.SecretValue;
import io.autodump.local.file.PathText;
import io.autodump.local.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Finds the password of a secret whose value names another place for it: an environment variable, a file, a command, a
 * credential of systemd, or else {@code ~/.pgpass}. Looks anew for each connection, so that a rotated password is used
 * at once. Messages name keys and places, and never a password. Thread-safe.
 */
final class PasswordSources {
    private static final String PASSWORD = "password";
    private static final String ENV = "password-env";
    private static final String FILE = "password-file";
    private static final String COMMAND = "password-command";
    private static final String CREDENTIAL = "password-credential";
    private static final List<String> KEYS = List.of(PASSWORD, ENV, FILE, COMMAND, CREDENTIAL);
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
    private static final int MAX_BYTES = 64 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * Looks for nothing yet.
     *
     * @param folder what relative paths are relative to
     * @param environment the environment variables
     */
    PasswordSources(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Returns the value with its password. Returns it as it is if it has one, if it isn't a JSON object, or if no place
     * has one: the server may ask for none.
     *
     * @throws InvalidInputException {@code INVALID_SECRET_VALUE} if the named place has no password
     */
    SecretValue withPassword(String secretName, SecretValue value) {
        Optional<ObjectNode> node = object(value);
        if (node.isEmpty()) {
            return value;
        }
        List<String> given = KEYS.stream().filter(node.get()::has).toList();
        if (given.equals(List.of(PASSWORD))) {
            return value;
        }
        try {
            return password(node.get(), given)
                    .map(password -> with(node.get(), password))
                    .orElse(value);
        } catch (PasswordProblem problem) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_SECRET_VALUE,
                    "secret " + secretName,
                    List.of(new Problem(problem.key(), String.valueOf(problem.getMessage()))),
                    "docs/secrets.md lists the places of a password");
        }
    }

    private static Optional<ObjectNode> object(SecretValue value) {
        try {
            return MAPPER.readTree(value.reveal()) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonProcessingException reportedByItsReader) {
            return Optional.empty();
        }
    }

    private static SecretValue with(ObjectNode node, String password) {
        KEYS.forEach(node::remove);
        return SecretValue.of(node.put(PASSWORD, password).toString());
    }

    private Optional<String> password(ObjectNode node, List<String> given) {
        if (given.isEmpty()) {
            return new PgPass(environment).find(node);
        }
        String key = given.get(0);
        if (given.size() > 1) {
            throw new PasswordProblem(
                    key,
                    "stands beside " + String.join(", ", given.subList(1, given.size()))
                            + "; keep one place for the password");
        }
        Function<JsonNode, String> source =
                switch (key) {
                    case ENV -> name -> variable(text(key, name));
                    case FILE -> path -> file(key, text(key, path));
                    case CREDENTIAL -> name -> credential(text(key, name));
                    default -> this::command;
                };
        return Optional.of(withoutLineEnd(key, source.apply(node.get(key))));
    }

    private static String text(String key, JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new PasswordProblem(key, "must be a JSON string that isn't blank");
        }
        return value.textValue();
    }

    private String variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new PasswordProblem(
                        ENV, "the environment variable " + PathText.oneLine(name) + " isn't set in this process"));
    }

    private String credential(String name) {
        String credentials = Optional.ofNullable(environment.get(CREDENTIALS))
                .orElseThrow(() -> new PasswordProblem(
                        CREDENTIAL,
                        CREDENTIALS + " isn't set: systemd sets it for a service with LoadCredential= or"
                                + " SetCredentialEncrypted="));
        if (name.contains("/")) {
            throw new PasswordProblem(CREDENTIAL, "must be the name of a credential, without a slash");
        }
        return file(CREDENTIAL, credentials + "/" + name);
    }

    private String file(String key, String path) {
        try {
            Path file = folder.resolve(expanded(path));
            // A pipe or a device may have no end.
            if (RegularFile.isOther(file)) {
                throw new PasswordProblem(key, PathText.oneLine(file) + " isn't a regular file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new PasswordProblem(key, PathText.oneLine(file) + " is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file);
        } catch (IOException failed) {
            throw new PasswordProblem(
                    key, PathText.oneLine(path) + " can't be read: " + PathText.oneLine(IoReason.of(failed)));
        } catch (InvalidPathException wrong) {
            throw new PasswordProblem(key, "isn't a path");
        }
    }

    private String expanded(String path) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        String credentials = environment.getOrDefault(CREDENTIALS, "$" + CREDENTIALS);
        return path.startsWith("~/")
                ? home + path.substring(1)
                : path.replace("${" + CREDENTIALS + "}", credentials).replace("$" + CREDENTIALS, credentials);
    }

    private String command(JsonNode value) {
        if (value.isTextual()) {
            return PasswordCommand.run(List.of("/bin/sh", "-c", text(COMMAND, value)), folder);
        }
        List<String> words = new ArrayList<>();
        if (value.isArray() && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)) {
            value.forEach(word -> words.add(word.textValue()));
        }
        if (words.isEmpty()) {
            throw new PasswordProblem(COMMAND, "must be a command line, or an array of a program and its arguments");
        }
        return PasswordCommand.run(words, folder);
    }

    private static String withoutLineEnd(String key, String text) {
        String password = text.replaceFirst("\\r?\\n\\z", "");
        if (password.isEmpty()) {
            throw new PasswordProblem(key, "has an empty password");
        }
        return password;
    }

    /** Why a place has no password. */
    static final class PasswordProblem extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String key;

        PasswordProblem(String key, String what) {
            super(what);
            this.key = key;
        }

        String key() {
            return key;
        }
    }
}
