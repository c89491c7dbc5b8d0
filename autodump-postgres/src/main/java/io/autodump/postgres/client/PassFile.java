package io.autodump.postgres.client;

import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.process.PrivateFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The password file of libpq (PostgreSQL manual, "The Password File") for one child and one password. */
final class PassFile {
    private PassFile() {}

    /** Creates the file with mode 0600. libpq ignores a file that others may read. */
    static Path create(Path folder, Password password) {
        Path file = folder.resolve(PrivateFolders.PASSFILE);
        byte[] line = line(password).getBytes(StandardCharsets.UTF_8);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, line, StandardOpenOption.WRITE);
            return file;
        } catch (IOException failed) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "the password file for the client program couldn't be written to " + folder + ": "
                            + IoReason.of(failed) + "; nothing was written",
                    "make the folder for temporary files (-Djava.io.tmpdir) writable",
                    failed);
        }
    }

    /**
     * Returns a line that matches every host and database. The file serves one connection, and libpq looks up a socket
     * as localhost.
     */
    static String line(Password password) {
        String characters = password.reveal();
        if (characters.chars().anyMatch(character -> character == '\n' || character == '\r' || character == 0)) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_SECRET_VALUE,
                    "the secret's password holds a line break or a null character, which libpq's password file can't"
                            + " hold; nothing was written",
                    "choose another password for the user");
        }
        return "*:*:*:*:" + characters.replace("\\", "\\\\").replace(":", "\\:") + "\n";
    }
}
