package io.autodump.textfile;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseChecks;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Dumps text files with {@code cat}. The host is a folder, the database a file in it. */
final class TextFileEngine implements DatabaseEngine {
    /** Gives the file between two lines, by which half a dump is told from a whole one. */
    static final String SCRIPT = "echo BEGIN; cat \"$1\"; echo END";

    private final String script;

    TextFileEngine() {
        this(SCRIPT);
    }

    TextFileEngine(String script) {
        this.script = script;
    }

    @Override
    public Set<String> names() {
        return Set.of("textfile");
    }

    @Override
    public DumpSource source() {
        return (database, settings) -> new TextFileDump(script, existing(database), settings);
    }

    @Override
    public ArchiveInspector inspector() {
        return (manifest, stored) -> {
            TextFileRestorer.text(manifest, stored);
            return Optional.empty();
        };
    }

    @Override
    public DumpRestorer restorer() {
        return new TextFileRestorer();
    }

    @Override
    public RestoreCheck restoreCheck(DatabaseSecret scratchServer) {
        return new RestoreCheck() {
            @Override
            public void checkReady(DatabaseSecret database) {
                existing(scratchServer);
            }

            @Override
            public void prove(DumpManifest manifest, InputStream stored) {
                TextFileRestorer.text(manifest, stored);
            }
        };
    }

    @Override
    public DatabaseChecks checks() {
        return new DatabaseChecks() {
            @Override
            public List<Finding> clients() {
                return List.of(Finding.ok("clients", "cat", "part of every system"));
            }

            @Override
            public List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings) {
                return List.of(scratch(secretName, database));
            }

            @Override
            public Finding scratch(String secretName, DatabaseSecret server) {
                try {
                    return Finding.ok(secretName, "connection", existing(server).toString());
                } catch (AutoDumpException missing) {
                    return Finding.failed(secretName, "connection", missing);
                }
            }
        };
    }

    static Path file(DatabaseSecret database) {
        return Path.of(database.host()).resolve(database.database());
    }

    private static Path existing(DatabaseSecret database) {
        Path file = file(database);
        if (!Files.isDirectory(Path.of(database.host()))) {
            throw new AutoDumpException(
                    ErrorCode.CONNECTION_FAILED, "there is no folder " + database.host(), "create it");
        }
        if (!Files.isRegularFile(file)) {
            throw new AutoDumpException(ErrorCode.DATABASE_NOT_FOUND, "there is no file " + file, "create it");
        }
        return file;
    }
}
