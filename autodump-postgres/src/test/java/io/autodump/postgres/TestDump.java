package io.autodump.postgres;

import com.google.common.collect.ObjectArrays;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.server.Globals;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.server.DatabasePropertiesQuery;
import io.autodump.postgres.server.DatabaseRoles;
import io.autodump.postgres.server.DumpScope;
import io.autodump.postgres.server.ServerNeedsQuery;
import io.autodump.postgres.server.TableRowCounts;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A dump that stock programs have made, with the manifest that it would have. */
public final class TestDump {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final DumpManifest manifest;
    private final byte[] stored;

    private TestDump(DumpManifest manifest, byte[] stored) {
        this.manifest = manifest;
        this.stored = stored;
    }

    public DumpManifest manifest() {
        return manifest;
    }

    /** As a store would hold it. */
    public byte[] stored() {
        return stored;
    }

    /** By {@code pg_dump} and, around the whole, {@code zstd} or {@code gzip}. */
    public static TestDump of(
            TestPostgres server, String database, DumpFormat format, Compression outer, String... more) {
        StockPrograms stock = new StockPrograms(server);
        byte[] archive = format == DumpFormat.PLAIN
                ? stock.dump(database, more)
                : stock.dump(
                        database,
                        ObjectArrays.concat(
                                new String[] {
                                    "--format=custom", "--compress=" + (outer.equals(Compression.NONE) ? 6 : 0)
                                },
                                more,
                                String.class));
        byte[] stored =
                switch (outer.algorithm()) {
                    case ZSTD -> stock.filter(archive, "zstd", "-q", "-c");
                    case GZIP -> stock.filter(archive, "gzip", "-c");
                    case NONE -> archive;
                };
        return new TestDump(
                manifest(server, database, new DumpFileType(format, outer), archive.length, stored), stored);
    }

    /** A manifest that says no more than what a stored file is; its checksum is none of the file's. */
    public static DumpManifest manifest(DumpFileType fileType) {
        return DumpManifest.builder()
                .key(DumpKey.of(Optional.empty(), "test", "test", NOW, fileType.extension()))
                .secretName("test")
                .database("test")
                .engine("postgres")
                .scheduledAt(NOW)
                .startedAt(NOW)
                .finishedAt(NOW)
                .serverVersion(StockPrograms.client().version())
                .clientVersion(StockPrograms.client().version())
                .tls(TlsMode.DISABLE)
                .replica(false)
                .fileType(fileType)
                .settings(DumpSettings.defaults())
                .sourceBytes(1)
                .storedBytes(1)
                .checksum(new Checksum("0".repeat(64)))
                .toolVersion("test")
                .build();
    }

    public InputStream open() {
        return new ByteArrayInputStream(stored);
    }

    /** The same manifest over other bytes. */
    public TestDump withBytes(byte[] bytes) {
        return new TestDump(manifest, bytes);
    }

    public TestDump with(UnaryOperator<DumpManifest.Builder> change) {
        return new TestDump(change.apply(DumpManifest.builder().from(manifest)).build(), stored);
    }

    private static DumpManifest manifest(
            TestPostgres server, String database, DumpFileType fileType, long sourceBytes, byte[] stored) {
        try (Connection connection = server.connection(database)) {
            List<TableRows> tables = TableRowCounts.count(connection);
            List<String> named = DatabaseRoles.of(connection);
            ServerNeeds needs =
                    ServerNeedsQuery.run(connection, new DumpScope(DumpSettings.defaults()), named, Globals.ROLES);
            return DumpManifest.builder()
                    .key(DumpKey.of(Optional.empty(), "test", database, NOW, fileType.extension()))
                    .secretName("test")
                    .database(database)
                    .engine("postgres")
                    .scheduledAt(NOW)
                    .startedAt(NOW)
                    .finishedAt(NOW)
                    .serverVersion(connection.getMetaData().getDatabaseProductVersion())
                    .clientVersion(StockPrograms.client().version())
                    .tls(TlsMode.DISABLE)
                    .replica(false)
                    .fileType(fileType)
                    .settings(DumpSettings.defaults())
                    .sourceBytes(sourceBytes)
                    .storedBytes(stored.length)
                    .checksum(Checksum.ofSha256(Checksum.newSha256().digest(stored)))
                    .roles(named)
                    .serverNeeds(needs)
                    .databaseProperties(DatabasePropertiesQuery.run(connection))
                    .tables(tables)
                    .toolVersion("test")
                    .build();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
