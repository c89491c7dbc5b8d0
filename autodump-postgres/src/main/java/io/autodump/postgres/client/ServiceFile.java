package io.autodump.postgres.client;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The connection service file of libpq (PostgreSQL manual, "The Connection Service File") for one child. It holds what
 * has no environment variable: with it, a program notices after two minutes that its server is gone, as AutoDump's own
 * sessions do. The system's default is two hours.
 */
final class ServiceFile {
    /** The name of the service. */
    static final String SERVICE = "autodump";

    private static final String NAME = "services";
    private static final String CONTENT =
            "[" + SERVICE + "]\nkeepalives_idle=60\nkeepalives_interval=15\nkeepalives_count=4\n";

    private ServiceFile() {}

    /** Creates the file. */
    static Path create(Path folder) {
        try {
            return Files.writeString(folder.resolve(NAME), CONTENT);
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "the service file for the client program couldn't be written to " + folder + ": "
                            + IoReason.of(failed) + "; nothing was written",
                    "make the folder for temporary files (-Djava.io.tmpdir) writable, with room for files",
                    failed);
        }
    }
}
