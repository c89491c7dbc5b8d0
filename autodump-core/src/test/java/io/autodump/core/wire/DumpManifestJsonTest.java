package io.autodump.core.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.dump.TableRows;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.server.RequiredExtension;
import io.autodump.core.server.RoleMembership;
import io.autodump.core.server.RoleSetting;
import io.autodump.core.server.ServerNeeds;
import io.autodump.core.server.ServerRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpManifestJsonTest {
    static final DumpManifest FULL = DumpManifest.builder()
            .toolVersion("0.1.0")
            .key(new DumpKey("nightly/team/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst"))
            .secretName("team/orders")
            .database("shop")
            .engine("postgres")
            .scheduledAt(Instant.parse("2026-11-22T08:00:00Z"))
            .startedAt(Instant.parse("2026-11-22T08:00:02.125Z"))
            .finishedAt(Instant.parse("2026-11-22T08:04:10Z"))
            .serverVersion("15.18 (Debian 15.18-0+deb12u1)")
            .clientVersion("15.18")
            .tls(TlsMode.VERIFY_FULL)
            .replica(true)
            .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
            .sourceBytes(4_509_715_660L)
            .storedBytes(912_680_550L)
            .checksum(new Checksum("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
            .archiveEntries(214)
            .addRoles("app", "reporting \"ro\"")
            .serverNeeds(ServerNeeds.builder()
                    .addRoles(ServerRole.builder()
                            .name("app")
                            .login(true)
                            .connectionLimit(7)
                            .validUntil("2040-01-02 03:04:05+00")
                            .comment("the shop's own")
                            .addSettings(new RoleSetting("search_path", "shop, public"))
                            .addMemberships(
                                    RoleMembership.builder()
                                            .group("staff")
                                            .admin(true)
                                            .inherit(false)
                                            .set(true)
                                            .build(),
                                    RoleMembership.builder()
                                            .group("pg_read_all_data")
                                            .build())
                            .build())
                    .addRolesInRows("reporting \"ro\"")
                    .addExtensions(new RequiredExtension("hstore", "1.8"))
                    .build())
            .addTables(new TableRows("public", "odd \"name\" — ✓", 5_000_000_000L))
            .addNotIncluded(new NotIncluded(
                    "subscription",
                    "from_hub",
                    "pg_dump writes subscriptions for a superuser alone",
                    "dump as a superuser"))
            .addWarnings("autodump:exclude-table-data: no table matches audit.log_*")
            .settings(DumpSettings.builder()
                    .jobs(2)
                    .addExcludeTableData("audit.log_*")
                    .addSchemas("public", "audit")
                    .verify(VerifyMode.RESTORE)
                    .timeout(Duration.ofHours(4))
                    .build())
            .build();
    private static final DumpManifest LEAN = DumpManifest.builder()
            .from(FULL)
            .key(new DumpKey("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.sql"))
            .fileType(new DumpFileType(DumpFormat.PLAIN, Compression.NONE))
            .archiveEntries(Optional.empty())
            .tables(List.of())
            .notIncluded(List.of())
            .warnings(List.of())
            .settings(DumpSettings.builder()
                    .format(DumpFormat.PLAIN)
                    .compression(Compression.NONE)
                    .build())
            .build();

    private static final DumpManifest PARTS = new DumpParts(
                    List.of(
                            DumpPart.builder()
                                    .name("archive.dump.zst")
                                    .sourceBytes(120_000)
                                    .storedBytes(30_000)
                                    .checksum(new Checksum("a".repeat(64)))
                                    .compression(Compression.DEFAULT)
                                    .build(),
                            DumpPart.builder()
                                    .name("data/0001.copy.zst")
                                    .table("public.orders")
                                    .addColumns("id", "\"Total\"")
                                    .rows(5_000_000_000L)
                                    .sourceBytes(4_000_000_000L)
                                    .storedBytes(900_000_000)
                                    .checksum(new Checksum("b".repeat(64)))
                                    .compression(Compression.DEFAULT)
                                    .build(),
                            DumpPart.builder()
                                    .name("data/0002.copy.zst")
                                    .table("public.\"no columns\"")
                                    .rows(3)
                                    .sourceBytes(3)
                                    .storedBytes(12)
                                    .checksum(new Checksum("c".repeat(64)))
                                    .compression(Compression.DEFAULT)
                                    .build()),
                    List.of(
                            "zstd -dc archive.dump.zst | pg_restore --section=pre-data --section=data -d \"$DATABASE\"",
                            "zstd -dc archive.dump.zst | pg_restore --section=post-data -d \"$DATABASE\""))
            .describe(DumpManifest.builder().from(FULL))
            .build();

    @Test
    void writesAndReadsThePublishedFormOfADumpOfParts() throws IOException {
        assertThat(DumpManifestJson.write(PARTS)).isEqualTo(golden("manifest-parts-golden.json"));
        assertThat(DumpManifestJson.parse("golden", golden("manifest-parts-golden.json")))
                .isEqualTo(PARTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"parts\" :              | \"pieces\" :               | parts: is missing",
                "\"restoreCommands\" :    | \"commands\" :             | restoreCommands: is missing",
                "\"storedBytes\" : 30000  | \"storedBytes\" : 30001    | bytes and checksum must be those of the parts",
                "data/0002.copy.zst       | data/0001.copy.zst         | two parts have the same name",
                "data/0002.copy.zst       | ../other/0001.copy.zst     | not the name of rows of a table",
                "data/0002.copy.zst       | data/0002.copy.gz          | isn't a name for the compression zstd:3",
                "\"rows\" : 3,            | \"rows\" : -3,             | rows and bytes must not be negative",
            })
    void refusesPartsThatDontFit(String text, String replacement, String expected) throws IOException {
        String broken = golden("manifest-parts-golden.json").replace(text, replacement);

        assertThatThrownBy(() -> DumpManifestJson.parse("broken", broken))
                .hasMessageContaining(expected)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT));
    }

    @Test
    void writesThePublishedForm() throws IOException {
        assertThat(DumpManifestJson.write(FULL)).isEqualTo(golden());
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        assertThat(DumpManifestJson.parse("golden", golden())).isEqualTo(FULL);
        assertThat(DumpManifestJson.parse("lean", DumpManifestJson.write(LEAN))).isEqualTo(LEAN);
    }

    @Test
    void writesWhatThePublishedSchemaDescribes() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../docs/manifest.schema.json")));

        assertThat(schema.validate(DumpManifestJson.write(FULL), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(DumpManifestJson.write(LEAN), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(DumpManifestJson.write(PARTS), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(DumpManifestJson.write(encrypted(PARTS)), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(
                        DumpManifestJson.write(encrypted(PARTS)).replace("\"age\"", "\"rot13\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(DumpManifestJson.write(PARTS).replace("\"parts\"", "\"x\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(golden().replace("\"sha256\" : \"e3", "\"sha256\" : \"E3"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void ignoresFieldsOfANewerRelease() throws IOException {
        assertThat(DumpManifestJson.parse("newer", golden().replaceFirst("\\{", "{\"colour\":\"blue\",")))
                .isEqualTo(FULL);
    }

    /** Releases before that didn't look for what a dump doesn't hold, and what it needs. */
    @Test
    void readsAManifestThatSaysNothingOfWhatIsNotIncluded() throws IOException {
        ObjectNode older = (ObjectNode) new JsonMapper().readTree(golden());
        older.remove("notIncluded");
        older.remove("warnings");
        older.remove("serverNeeds");
        ((ObjectNode) older.get("settings")).remove("globals");

        DumpManifest manifest = DumpManifestJson.parse("older", older.toString());

        assertThat(manifest.hasWarnings()).isFalse();
        assertThat(manifest.serverNeeds()).isEmpty();
        assertThat(manifest.storedBytes()).isEqualTo(FULL.storedBytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schemaVersion\" : 1 | \"schemaVersion\" : 3    | has schemaVersion 3",
                "\"schemaVersion\" : 1 | \"schemaVersion\" : null | has schemaVersion 0",
                "\"format\" : \"custom\" | \"format\" : \"tar\"   | \"tar\" isn't known",
                "\"tls\" : \"verify-full\" | \"tls\" : \"some\"   | \"some\" isn't known",
                "\"storedBytes\" : 9 | \"storedBytes\" : \"x\", \"y\" : 9 | storedBytes: must be a whole number",
                "\"secretName\" : | \"secretNam\" :               | secretName: is missing",
                "\"database\" : \"shop\" | \"database\" : 7       | database: must be a JSON string",
                "2026-11-22T08:04:10Z | yesterday                 | yesterday",
            })
    void refusesAnythingElseAndSaysWhy(String text, String replacement, String expected) throws IOException {
        String broken = golden().replace(text, replacement);
        assertThat(broken).isNotEqualTo(golden());

        assertThatThrownBy(() -> DumpManifestJson.parse("a/b.manifest.json", broken))
                .hasMessageContaining("a/b.manifest.json")
                .hasMessageContaining(expected)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT));
    }

    @Test
    void refusesAFileThatWasCutOff() throws IOException {
        String whole = golden();
        for (int length = 0; length < whole.length() - 2; length += 37) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> DumpManifestJson.parse("cut", cut)).isInstanceOf(AutoDumpException.class);
        }
    }

    private static String golden() throws IOException {
        return golden("manifest-golden.json");
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(DumpManifestJsonTest.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private static DumpManifest encrypted(DumpManifest manifest) {
        Recipient recipient = new Recipient("age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd");
        return manifest.parts()
                .encrypted()
                .describe(DumpManifest.builder().from(manifest))
                .key(new DumpKey(manifest.key() + ".age"))
                .settings(DumpSettings.builder()
                        .from(manifest.settings())
                        .encryptTo(List.of(recipient))
                        .build())
                .build();
    }
}
