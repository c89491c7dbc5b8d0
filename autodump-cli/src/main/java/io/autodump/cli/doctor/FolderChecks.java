package io.autodump.cli.doctor;

import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Whether a folder can be written to, without leaving anything in it. */
final class FolderChecks {
    private static final double GIBI = 1 << 30;
    private static final double TIGHT_GIB = 1;

    private FolderChecks() {}

    static Finding writable(String subject, Path folder, ErrorCode code, String key) {
        if (!Files.exists(folder)) {
            return toBeCreated(subject, folder, code, key);
        }
        try {
            Files.delete(Files.createTempFile(folder, ".autodump-doctor-", ".tmp"));
            return room(subject, folder);
        } catch (IOException | SecurityException refused) {
            return Finding.failed(
                    subject,
                    "writable",
                    code,
                    folder + " can't be written to: " + refused.getClass().getSimpleName(),
                    "let the user who runs AutoDump write there (chown or chmod), or set \"" + key
                            + ": FOLDER\" in autodump.yaml");
        }
    }

    private static Finding toBeCreated(String subject, Path folder, ErrorCode code, String key) {
        Optional<Path> parent = Optional.ofNullable(folder.getParent());
        while (parent.isPresent() && !Files.exists(parent.get())) {
            parent = parent.map(Path::getParent);
        }
        if (parent.filter(there -> Files.isDirectory(there) && Files.isWritable(there))
                .isPresent()) {
            return Finding.ok(subject, "writable", folder + " isn't there yet and will be created");
        }
        return Finding.failed(
                subject,
                "writable",
                code,
                folder + " isn't there and can't be created",
                "create it for the user who runs AutoDump, or set \"" + key + ": FOLDER\" in autodump.yaml");
    }

    private static Finding room(String subject, Path folder) throws IOException {
        double gib = Files.getFileStore(folder).getUsableSpace() / GIBI;
        String message = String.format(Locale.ROOT, "%s, %.1f GiB free", folder, gib);
        return gib < TIGHT_GIB
                ? Finding.warning(subject, "writable", message, "make room, or use a folder on another disk")
                : Finding.ok(subject, "writable", message);
    }
}
