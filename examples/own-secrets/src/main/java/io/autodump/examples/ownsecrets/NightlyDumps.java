package io.autodump.examples.ownsecrets;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Dumps and verifies every tagged database of a properties file; for a team that has a scheduler of its own. */
public final class NightlyDumps {
    private final PropertiesSecrets secrets;
    private final AutoDump autoDump;
    private final PrintStream out;

    NightlyDumps(Path properties, Path dumps, PrintStream out) {
        this.secrets = new PropertiesSecrets(properties);
        this.out = out;
        this.autoDump = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .engine(PostgresEngine.create())
                .dumpStore(new DirectoryDumpStore(dumps))
                .build();
    }

    /**
     * Runs once.
     *
     * @param arguments the properties file and the folder for the dumps
     */
    public static void main(String[] arguments) {
        System.exit(new NightlyDumps(Path.of(arguments[0]), Path.of(arguments[1]), System.out).run());
    }

    /** The exit status: 0 if every database has a verified dump, otherwise that of the last failure. */
    int run() {
        int status = 0;
        Instant now = Instant.now();
        for (TaggedSecret secret : tagged()) {
            try {
                DumpManifest manifest =
                        autoDump.dump(secret.id(), now, DumpProgress.SILENT).manifest();
                autoDump.verify(manifest.key(), DumpProgress.SILENT);
                out.println(secret.name() + ": " + manifest.key() + ", " + manifest.storedBytes() + " bytes");
            } catch (AutoDumpException failed) {
                out.println(secret.name() + ": " + failed.report());
                status = failed.code().category().exitStatus();
            }
        }
        return status;
    }

    private List<TaggedSecret> tagged() {
        try (Stream<TaggedSecret> tagged = secrets.tagged()) {
            return tagged.toList();
        }
    }
}
