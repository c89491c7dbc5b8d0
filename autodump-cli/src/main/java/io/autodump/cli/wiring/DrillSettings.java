package io.autodump.cli.wiring;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.drill.DrillAssertions;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How restore drills are made on this machine, as the configuration says. */
public final class DrillSettings {
    private static final String EXTENSION = ".sql";

    private final Adapters machine;

    /** Reads nothing yet. */
    public DrillSettings(Adapters machine) {
        this.machine = machine;
    }

    /**
     * Returns the options for a secret, with the server and the assertions of the configuration.
     *
     * @throws AutoDumpException if the scratch server's secret or the assertions can't be read
     */
    public DrillOptions of(String secretName) {
        return DrillOptions.builder()
                .scratchServer(scratchServer())
                .folder(machine.configuration().drill().folder().map(Path::toString))
                .assertions(machine.configuration()
                        .drill()
                        .assertions()
                        .flatMap(place -> assertions(place, secretName))
                        .map(DrillSettings::read))
                .build();
    }

    private Optional<DatabaseSecret> scratchServer() {
        return machine.configuration().scratch().map(machine::connection);
    }

    /** Returns the secret's file in a folder, or the file itself. A name with slashes is a path in the folder. */
    private static Optional<Path> assertions(Path place, String secretName) {
        if (!Files.isDirectory(place)) {
            return Optional.of(place);
        }
        Path file = place.resolve(secretName + EXTENSION).normalize();
        return Optional.of(file).filter(inside -> inside.startsWith(place) && Files.exists(inside));
    }

    /**
     * Reads a file of assertions.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT}
     */
    public static DrillAssertions read(Path file) {
        try {
            return new DrillAssertions(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (IOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the assertions " + file + " can't be read: " + IoReason.of(unreadable) + "; nothing was restored",
                    "name a readable file of SQL in UTF-8",
                    unreadable);
        }
    }
}
