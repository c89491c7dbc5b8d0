package io.autodump.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of identities, as {@code age-keygen} writes it. No message holds a line of it, and no exception has a cause
 * that could.
 */
record IdentityFile(Path path) {
    private static final String PREFIX = "AGE-SECRET-KEY-1";

    /**
     * Reads the file.
     *
     * @throws AutoDumpException {@code INVALID_IDENTITY}
     */
    List<RecipientStanzaReader> read() {
        List<String> lines = lines();
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readers.add(reader(line, i + 1));
            }
        }
        if (readers.isEmpty()) {
            throw unusable("holds no identity");
        }
        return readers;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(path);
        } catch (IOException unreadable) {
            throw unusable("can't be read (" + IoReason.of(unreadable) + ")");
        }
    }

    private RecipientStanzaReader reader(String line, int number) {
        if (line.startsWith("age-encryption.org/") || line.startsWith("-----BEGIN AGE ENCRYPTED FILE")) {
            throw unusable("is protected by a passphrase; decrypt it first with: age -d");
        }
        if (!line.startsWith(PREFIX)) {
            throw noIdentity(number, "doesn't begin with " + PREFIX);
        }
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
        } catch (GeneralSecurityException | RuntimeException wrong) {
            throw noIdentity(number, "has a typing mistake or is cut off");
        }
    }

    private AutoDumpException noIdentity(int number, String why) {
        return unusable("has a line that isn't an identity: line " + number + " " + why);
    }

    private AutoDumpException unusable(String problem) {
        return new AutoDumpException(
                ErrorCode.INVALID_IDENTITY,
                "the file of identities " + path + " " + problem,
                "name a file that age-keygen has written and that this user can read");
    }
}
