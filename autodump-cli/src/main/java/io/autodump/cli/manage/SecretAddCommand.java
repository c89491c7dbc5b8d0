package io.autodump.cli.manage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.cli.config.SecretsLocation;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.wire.DatabaseSecretJson;
import io.autodump.local.secret.NewSecretFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump secret add}. */
@Command(
        name = "add",
        description = {
            "Writes the secret of a database into the folder of secrets, readable by its owner alone.",
            "Asks for what no option says. A password is never an argument: it is asked for without an echo, or"
                    + " stays where an option says."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump secret add orders",
            "  autodump secret add orders --host db.example.com --user autodump --password-file /run/secrets/orders"
        })
public final class SecretAddCommand implements Callable<Integer> {
    private static final String DEFAULT_SCHEDULE = "30 2 - - -";

    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;
    private final Function<String, Optional<Password>> passwordPrompt;
    private final Function<String, Optional<String>> linePrompt;

    @Parameters(paramLabel = "NAME", description = "The name of the secret. A / in it is a subfolder.")
    private String name = "";

    @Option(names = "--host", paramLabel = "HOST", description = "The server, or the folder of its Unix socket.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "The server's port. Default: 5432.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--database", paramLabel = "DATABASE", description = "The database. Default: NAME.")
    private Optional<String> database = Optional.empty();

    @Option(names = "--user", paramLabel = "USER", description = "The user that dumps.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--sslmode", paramLabel = "MODE", description = "verify-full, verify-ca, require or disable.")
    private Optional<String> sslmode = Optional.empty();

    @Option(
            names = "--schedule",
            paramLabel = "CRON",
            description = "When to dump, as a cron expression. Default: 30 2 * * *, every night at 02:30.")
    private Optional<String> schedule = Optional.empty();

    @Option(names = "--timezone", paramLabel = "ZONE", description = "The time zone of the schedule. Default: UTC.")
    private Optional<String> timezone = Optional.empty();

    @Option(names = "--password-env", paramLabel = "NAME", description = "The variable that holds the password.")
    private Optional<String> passwordEnv = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "The file that holds the password.")
    private Optional<String> passwordFile = Optional.empty();

    @Option(names = "--password-command", paramLabel = "COMMAND", description = "Prints the password.")
    private Optional<String> passwordCommand = Optional.empty();

    @Option(names = "--password-credential", paramLabel = "NAME", description = "A credential of systemd.")
    private Optional<String> passwordCredential = Optional.empty();

    @Option(names = "--no-password", description = "The server asks for none, or ~/.pgpass has it.")
    private boolean noPassword;

    /**
     * Gets the adapters and the terminal once the options are parsed.
     *
     * @param passwordPrompt asks a person for a password; returns empty if there is no terminal
     * @param linePrompt asks a person for a line; returns empty if there is no terminal
     */
    public SecretAddCommand(
            Supplier<Adapters> adapters,
            Supplier<Terminal> terminals,
            Function<String, Optional<Password>> passwordPrompt,
            Function<String, Optional<String>> linePrompt) {
        this.adapters = adapters;
        this.terminals = terminals;
        this.passwordPrompt = passwordPrompt;
        this.linePrompt = linePrompt;
    }

    @Override
    public Integer call() {
        Path folder = folder(adapters.get());
        NewSecretFile file = NewSecretFile.of(folder, name);
        ObjectNode secret = new JsonMapper().createObjectNode();
        tags().forEach(secret.putObject("tags")::put);
        value(secret.putObject("value"));
        file.write(secret.toPrettyString() + "\n");
        Terminal terminal = terminals.get();
        terminal.print("wrote " + Text.line(file.path().toString()) + ", readable by you alone");
        terminal.say("check it with: autodump doctor " + Text.line(name));
        return 0;
    }

    private static Path folder(Adapters machine) {
        if (machine.configuration().secrets() instanceof SecretsLocation.Folder folder) {
            return folder.path();
        }
        throw new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                "the secrets are in Secrets Manager, where this command writes nothing",
                "use: aws secretsmanager create-secret; or name a folder with --secrets");
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        tags.put(TagNames.START_SCHEDULE, schedule.orElse(DEFAULT_SCHEDULE));
        timezone.ifPresent(zone -> tags.put(TagNames.TIMEZONE, zone));
        SecretTags.parse(name, tags);
        return tags;
    }

    private void value(ObjectNode value) {
        value.put("username", user.orElseGet(() -> asked("User: ", "--user")));
        value.put("databasename", database.orElse(name.substring(name.lastIndexOf('/') + 1)));
        value.put("endpoint", host.orElseGet(() -> asked("Host: ", "--host")));
        value.put("engine", "postgres");
        port.ifPresent(number -> value.put("port", number));
        sslmode.ifPresent(mode -> value.put("sslmode", mode));
        ObjectNode checked = value.deepCopy().put("password", "unknown");
        DatabaseSecretJson.parse(name, SecretValue.of(checked.toString()));
        password(value);
    }

    private void password(ObjectNode value) {
        passwordEnv.ifPresent(text -> value.put("password-env", text));
        passwordFile.ifPresent(text -> value.put("password-file", text));
        passwordCommand.ifPresent(text -> value.put("password-command", text));
        passwordCredential.ifPresent(text -> value.put("password-credential", text));
        long places = Stream.of(passwordEnv, passwordFile, passwordCommand, passwordCredential)
                .filter(Optional::isPresent)
                .count();
        if (places > 1 || (places == 1 && noPassword)) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "there are several places for the password; nothing was written",
                    "name one");
        }
        if (places == 0 && !noPassword) {
            value.put(
                    "password",
                    passwordPrompt
                            .apply("Password of "
                                    + Text.line(value.get("username").asText()) + ": ")
                            .filter(typed -> !typed.reveal().isEmpty())
                            .orElseThrow(() -> missing("a password", "--password-file or another --password option"))
                            .reveal());
        }
    }

    private String asked(String prompt, String option) {
        return linePrompt
                .apply(prompt)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .orElseThrow(() -> missing("a value for " + option, option));
    }

    private static AutoDumpException missing(String what, String option) {
        return new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                "there is no " + what.replaceFirst("^a ", "") + "; nothing was written",
                "pass " + option);
    }
}
