package io.autodump.cli.command;

import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.core.plan.SecretTags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that name the target of a restore. */
final class TargetOptions {
    @ArgGroup(multiplicity = "1")
    private @Nullable Place place;

    @Option(
            names = "--database",
            paramLabel = "DATABASE",
            description = "Restore into this database on the same server, for example with --to and --create.")
    private Optional<String> database = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the password for --url. Default: PGPASSWORD, or a prompt.")
    private Optional<Path> passwordFile = Optional.empty();

    private static final class Place {
        @Option(names = "--to", paramLabel = "NAME", description = "The secret of the database to restore into.")
        private Optional<String> secret = Optional.empty();

        @Option(
                names = "--url",
                paramLabel = "URL",
                description =
                        "The target database: postgres://USER@HOST:PORT/DATABASE?sslmode=MODE, without a password.")
        private Optional<String> url = Optional.empty();
    }

    DatabaseSecret target(Context context, Adapters machine) {
        Place given = Objects.requireNonNull(place, "picocli demands one of the group");
        DatabaseSecret target = given.secret
                .map(name -> ofSecret(machine, name))
                .orElseGet(() -> url(context, given.url.orElseThrow()));
        return database.map(name -> onSameServer(target, name)).orElse(target);
    }

    /** A secret with several databases doesn't say which one is meant. */
    private DatabaseSecret ofSecret(Adapters machine, String name) {
        boolean several =
                SecretTags.read(machine.secret(name).tags()).databases().isPresent();
        if (several && database.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the secret " + Text.line(name)
                            + " has several databases (autodump:databases); nothing was changed",
                    "name the one to restore into: --database DATABASE");
        }
        return machine.connection(name);
    }

    private static DatabaseSecret onSameServer(DatabaseSecret server, String database) {
        if (database.isBlank()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--database must be a name, not a blank text; nothing was changed",
                    "see: autodump restore --help");
        }
        return DatabaseSecret.builder().from(server).database(database).build();
    }

    private DatabaseSecret url(Context context, String url) {
        // Parsed without a password first, so that a mistyped URL doesn't lead to a prompt.
        DatabaseSecret target = TargetUrl.parse(url, Password.of(""));
        return DatabaseSecret.builder()
                .from(target)
                .password(password(context, target))
                .build();
    }

    private Password password(Context context, DatabaseSecret target) {
        return passwordFile
                .map(file -> firstLine(context.resolve(file)))
                .or(() -> Optional.ofNullable(context.surroundings().variables().get("PGPASSWORD"))
                        .map(Password::of))
                .or(() -> context.surroundings()
                        .passwordPrompt()
                        .apply("Password of " + target.username() + " on " + target.host() + ": "))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.INVALID_ARGUMENT,
                        "there is no password for --url; nothing was changed",
                        "set PGPASSWORD (empty if the server needs none), or name a --password-file"));
    }

    private static Password firstLine(Path file) {
        try {
            return Password.of(Files.readString(file).lines().findFirst().orElse(""));
        } catch (IOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the password file can't be read: " + IoReason.of(unreadable) + "; nothing was changed",
                    "the first line of the file is the password, as UTF-8 text",
                    unreadable);
        }
    }
}
