package io.autodump.postgres.drill;

import io.autodump.core.drill.DrillSize;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.ByteCount;
import io.autodump.postgres.connection.RefusedStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares the disk space that a drill takes with the space that is free. */
final class DrillRoom {
    private static final String DATA = "SELECT pg_catalog.current_setting('data_directory', true),"
            + " pg_catalog.floor(EXTRACT(epoch FROM pg_catalog.pg_postmaster_start_time()))::bigint";
    private static final int LINE_OF_START_TIME = 2;

    private DrillRoom() {}

    /**
     * Requires room in a folder.
     *
     * @throws AutoDumpException {@code DISK_TOO_SMALL}
     */
    static void require(DumpManifest manifest, Path folder) {
        OptionalLong free = freeIn(folder);
        long needed = DrillSize.bytes(manifest);
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new AutoDumpException(
                    ErrorCode.DISK_TOO_SMALL,
                    "the drill needs about " + ByteCount.text(needed) + " of disk space, and " + folder + " has "
                            + ByteCount.text(free.getAsLong()) + " free; nothing was restored",
                    "free space there, or use a server or a folder on a larger disk");
        }
    }

    /** Requires room for the data of a scratch server, if that is on this machine. Otherwise it isn't known. */
    static void require(DumpManifest manifest, Connection server) throws SQLException {
        localData(server).ifPresent(data -> require(manifest, data));
    }

    private static OptionalLong freeIn(Path folder) {
        try {
            Path there = folder;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    /** A folder of the same name here may be another server's, so the server's start must be noted in it. */
    private static Optional<Path> localData(Connection server) throws SQLException {
        try (Statement statement = server.createStatement();
                ResultSet row = statement.executeQuery(DATA)) {
            if (!row.next() || row.getString(1) == null) {
                return Optional.empty();
            }
            Path data = Path.of(row.getString(1));
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            boolean same = lines.size() > LINE_OF_START_TIME
                    && lines.get(LINE_OF_START_TIME).strip().equals(row.getString(2));
            return same ? Optional.of(data) : Optional.empty();
        } catch (IOException | InvalidPathException elsewhere) {
            return Optional.empty();
        } catch (SQLException mayNotKnow) {
            if (RefusedStatement.isForbidden(mayNotKnow)) {
                return Optional.empty();
            }
            throw mayNotKnow;
        }
    }
}
