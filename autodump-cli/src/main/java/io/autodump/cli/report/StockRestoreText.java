package io.autodump.cli.report;

import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.contract.StoredFileCommand;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import java.util.List;

/** Prints the shell commands that restore a dump with PostgreSQL's own programs. Not thread-safe. */
public final class StockRestoreText {
    private final Terminal terminal;

    /** Prints to this terminal. */
    public StockRestoreText(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Prints a script.
     *
     * @param store where the dump is, without a slash at its end
     */
    public void print(DumpManifest manifest, String store) {
        boolean oneFile = manifest.parts().isEmpty();
        String key = manifest.key().value();
        String folder = oneFile
                ? key.substring(0, key.lastIndexOf('/'))
                : manifest.key().partsFolder();
        terminal.print("# Run this in a copy of " + Text.line(store + "/" + folder) + ".");
        terminal.print("# Create an empty database first, and set PGHOST, PGUSER and PGDATABASE to reach it.");
        if (manifest.settings().isEncrypted()) {
            terminal.print("# Set AGE_IDENTITY to the file of an identity that can decrypt the dump; needs age.");
        }
        commands(manifest).forEach(terminal::print);
    }

    private static List<String> commands(DumpManifest manifest) {
        return manifest.parts().isEmpty()
                ? List.of(read(manifest) + " | " + restore(manifest))
                : manifest.parts().restoreCommands();
    }

    private static String read(DumpManifest manifest) {
        String key = manifest.key().value();
        // Only letters, digits and _.=@+-% are in a file's name.
        String file = "./" + key.substring(key.lastIndexOf('/') + 1);
        return StoredFileCommand.of(
                        file,
                        manifest.fileType().outerCompression(),
                        manifest.settings().isEncrypted())
                .orElse("cat " + file);
    }

    private static String restore(DumpManifest manifest) {
        return manifest.fileType().format() == DumpFormat.PLAIN
                ? "psql -X -v ON_ERROR_STOP=1"
                : "pg_restore --exit-on-error -d \"$PGDATABASE\"";
    }
}
