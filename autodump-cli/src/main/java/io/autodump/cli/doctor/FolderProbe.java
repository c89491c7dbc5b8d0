package io.autodump.cli.doctor;

import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a folder can be written to, without leaving anything in it. */
public final class FolderProbe implements Probe {
    private static final double GIBI = 1 << 30;
    private static final double TIGHT_GIB = 1;

    private final String subject;
    private final Path folder;
    private final ErrorCode code;
    private final String key;

    /**
     * Looks at nothing yet.
     *
     * @param code what a dump would fail with
     * @param key the configuration's, for the remedy
     */
    public FolderProbe(String subject, Path folder, ErrorCode code, String key) {
        this.subject = subject;
        this.folder = folder;
        this.code = code;
        this.key = key;
    }

    @Override
    public List<Finding> findings() {
        return List.of(writable());
    }

    private Finding writable() {
        if (!Files.exists(folder)) {
            return toBeCreated();
        }
        try {
            Files.delete(Files.createTempFile(folder, ".autodump-doctor-", ".tmp"));
            return room();
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

    private Finding toBeCreated() {
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

    private Finding room() throws IOException {
        double gib = Files.getFileStore(folder).getUsableSpace() / GIBI;
        String message = String.format(Locale.ROOT, "%s, %.1f GiB free", folder, gib);
        return gib < TIGHT_GIB
                ? Finding.warning(subject, "writable", message, "make room, or use a folder on another disk")
                : Finding.ok(subject, "writable", message);
    }
}
