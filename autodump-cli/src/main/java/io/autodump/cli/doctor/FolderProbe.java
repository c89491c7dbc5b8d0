package io.autodump.cli.doctor;

import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.FolderPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Checks that a folder can be written to, and leaves nothing in it. */
public final class FolderProbe implements Probe {
    private static final double GIBI = 1 << 30;
    private static final double TIGHT_GIB = 1;

    private final String subject;
    private final Path folder;
    private final ErrorCode code;
    private final String key;

    /**
     * Checks nothing yet.
     *
     * @param subject the subject of the findings
     * @param folder the folder
     * @param code the error that a dump would fail with
     * @param key the key of the folder in the configuration, for the remedy
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
        Optional<String> blocked = FolderPath.remedy(folder);
        if (blocked.isPresent()) {
            return failed(folder + " isn't a folder", blocked.get());
        }
        if (!Files.exists(folder)) {
            return toBeCreated();
        }
        try {
            write();
            return room();
        } catch (IOException | SecurityException refused) {
            String reason = IoReason.of(refused);
            return failed(folder + " can't be written to: " + reason, remedy(reason));
        }
    }

    /** The file loses its name at once, so that not even a killed process leaves it behind. */
    private void write() throws IOException {
        Path file = folder.resolve(".autodump-doctor-" + UUID.randomUUID() + ".tmp");
        Files.newByteChannel(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)
                .close();
    }

    private Finding toBeCreated() {
        Optional<Path> there = Optional.of(folder);
        while (there.isPresent() && Files.notExists(there.get(), LinkOption.NOFOLLOW_LINKS)) {
            there = there.map(Path::getParent);
        }
        if (there.filter(Files::notExists).isPresent()) {
            return brokenLink(there.get());
        }
        if (there.filter(parent -> Files.isDirectory(parent) && Files.isWritable(parent))
                .isPresent()) {
            return Finding.ok(subject, "writable", folder + " doesn't exist yet and will be created");
        }
        return failed(
                folder + " doesn't exist and can't be created",
                "create it for the user who runs AutoDump, or set \"" + key + ": FOLDER\" in autodump.yaml");
    }

    private String remedy(String reason) {
        String other = ", or set \"" + key + ": FOLDER\" in autodump.yaml";
        if (reason.contains("Read-only")) {
            return "mount its disk for writing" + other;
        }
        if (reason.contains("No space left")) {
            return "free some space and inodes (df -h, df -i)" + other;
        }
        return reason.contains("Input/output error")
                ? "check the disk or its network (dmesg shows its errors)" + other
                : "let the user who runs AutoDump write there (chown or chmod)" + other;
    }

    private Finding brokenLink(Path link) {
        return failed(
                link + " is a symbolic link to a folder that doesn't exist",
                "mount or create that folder, or set \"" + key + ": FOLDER\" in autodump.yaml");
    }

    private Finding failed(String message, String hint) {
        return Finding.failed(subject, "writable", code, message, hint);
    }

    private Finding room() throws IOException {
        double gib = Files.getFileStore(folder).getUsableSpace() / GIBI;
        String message = String.format(Locale.ROOT, "%s, %.1f GiB free", folder, gib);
        return gib < TIGHT_GIB
                ? Finding.warning(subject, "writable", message, "free some space, or use a folder on another disk")
                : Finding.ok(subject, "writable", message);
    }
}
