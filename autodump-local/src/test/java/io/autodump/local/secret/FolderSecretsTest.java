package io.autodump.local.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.file.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderSecretsTest {
    private static final Map<String, String> TAGS = Map.of(TagNames.START_SCHEDULE, "0 8 - - -");
    private static final SecretId ORDERS = SecretId.of("orders");

    private final Path folder;
    private final FolderSecrets secrets;

    FolderSecretsTest(@TempDir Path parent) throws IOException {
        folder = Files.createDirectory(parent.resolve("secrets"));
        secrets = new FolderSecrets(folder);
    }

    @Test
    void givesTheGoodSecretsFirstAndThenFailsNamingEveryBadFile() {
        SecretFiles.write(folder, "a", TAGS);
        SecretFiles.write(folder, "b", "{\"name\": \"b\", \"value\": {\"password\": \"geheim\"");
        SecretFiles.write(folder, "c", "{\"name\": \"geheim\", \"value\": {}}");
        SecretFiles.write(folder, "d", TAGS);
        List<String> good = new ArrayList<>();

        String report = Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> {
            try (Stream<TaggedSecret> stream = secrets.tagged()) {
                stream.forEach(secret -> good.add(secret.name()));
            }
        });

        assertThat(good).containsExactly("a", "d");
        assertThat(report).contains("can't be used", "b.json: line 1", "c.json: name", "HINT:");
    }

    @Test
    void neverShowsWhatABrokenFileHolds() {
        for (String json : List.of(
                "{\"name\": \"orders\", \"value\": {\"password\": geheim}}",
                "{\"name\": \"orders\", \"value\": {\"password\": \"geheim\", \"password\": \"geheim\"}}",
                "{\"name\": \"orders\", \"value\": [\"geheim\"]}",
                "{\"name\": \"orders\", \"tags\": {\"a\": [\"geheim\"]}, \"value\": {}}",
                "\"geheim\"",
                "geheim")) {
            SecretFiles.write(folder, "orders", json);

            assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(ORDERS)))
                    .contains("orders.json")
                    .doesNotContain("geheim");
            assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.read(ORDERS)))
                    .doesNotContain("geheim");
        }
    }

    @Test
    void namesEveryProblemOfAFileAtOnce() {
        SecretFiles.write(folder, "orders", "{\"nam\": \"orders\", \"name\": 7, \"tags\": {\"a\": 1, \"b\": true}}");

        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(ORDERS)))
                .contains(
                        "nam: isn't a key of a secret file (name, tags, value); did you mean name?",
                        "name: must be a JSON string",
                        "tags.a: must be a JSON string",
                        "tags.b: must be a JSON string",
                        "value: must be a JSON object");
    }

    @Test
    void saysWhatIsWrongWithTheText() {
        Map<String, String> problems = Map.of(
                "\uFEFF{\"name\": \"orders\"}",
                "begins with a byte-order mark (U+FEFF)",
                "{\"name\": \"orders\", \"name\": \"geheim\"}",
                "isn't valid JSON: it has a key twice",
                "{\"name\": \"geh\teim\"}",
                "is written as \\t",
                "{\"value\": " + "[".repeat(2000) + "]".repeat(2000) + "}",
                "is nested deeper than 1000 levels",
                "{\"value\": {\"port\": " + "1".repeat(4000) + "}}",
                "has a number of more than 1000 digits");
        problems.forEach((json, problem) -> {
            SecretFiles.write(folder, "orders", json);

            assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.read(ORDERS)))
                    .contains("orders.json", problem)
                    .doesNotContain("geh");
        });
    }

    @Test
    void wantsTheNameToAgreeWithTheFile() {
        SecretFiles.write(folder, "copy-of-orders", "{\"name\": \"orders\", \"value\": {}}");

        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(SecretId.of("copy-of-orders"))))
                .contains("is \"orders\"", "named for \"copy-of-orders\"");
        assertThat(secrets.find(ORDERS)).isEmpty();
    }

    @Test
    void namesASecretAfterItsFile() {
        SecretFiles.write(folder, "team/orders", "{\"value\": {\"password\": \"p\"}}");

        assertThat(secrets.read(SecretId.of("team/orders")).reveal()).isEqualTo("{\"password\":\"p\"}");
    }

    @Test
    void readsSeveralSecretsFromOneFile() {
        SecretFiles.write(folder, "all", """
                [{"name": "orders", "tags": {"autodump:start-schedule": "0 8 - - -"}, "value": {"password": "1"}},
                 {"name": "team/bills", "tags": {"autodump:start-schedule": "0 9 - - -"}, "value": {"password": "2"}}]
                """);

        try (Stream<TaggedSecret> tagged = secrets.tagged()) {
            assertThat(tagged.map(TaggedSecret::name)).containsExactly("orders", "team/bills");
        }
        assertThat(secrets.read(SecretId.of("team/bills")).reveal()).isEqualTo("{\"password\":\"2\"}");
        assertThat(secrets.find(SecretId.of("all"))).isEmpty();
    }

    @Test
    void namesTheProblemsOfOneSecretAmongSeveral() {
        SecretFiles.write(
                folder,
                "all",
                "[{\"name\": \"orders\", \"value\": 7}, {\"value\": {}}, {\"name\": \"ok\", \"value\": {}}]");

        assertThat(secrets.find(SecretId.of("ok"))).isPresent();
        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(ORDERS)))
                .contains("all.json: secret 1, value: must be a JSON object");
        // It may be the one without a name.
        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(SecretId.of("gone"))))
                .contains("all.json: secret 2: isn't a JSON object with a name");
    }

    @Test
    void refusesASecondSecretOfTheSameName() {
        SecretFiles.write(folder, "orders", TAGS);
        SecretFiles.write(folder, "zoo", "[{\"name\": \"orders\", \"value\": {}}]");

        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> {
                    try (Stream<TaggedSecret> tagged = secrets.tagged()) {
                        tagged.forEach(secret -> {});
                    }
                }))
                .contains("zoo.json: orders: is also in another file");
    }

    @Test
    void findsAGoodSecretBesideABrokenOne() {
        SecretFiles.write(folder, "orders", TAGS);
        SecretFiles.write(folder, "broken", "{");

        assertThat(secrets.find(ORDERS)).isPresent();
    }

    @Test
    void saysThatAFileBeginsWithAByteOrderMark() {
        SecretFiles.write(folder, "marked", "\uFEFF{\"name\": \"marked\"}");

        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(SecretId.of("marked"))))
                .contains("begins with a byte-order mark", "save it as UTF-8 without");
    }

    @Test
    void givesTheValueAsItIsWritten() {
        SecretFiles.write(
                folder, "orders", "{\"name\": \"orders\", \"value\": {\"password\": \"ü\\\"\\\\:\", \"port\": 5433}}");
        assertThat(secrets.read(ORDERS).reveal()).isEqualTo("{\"password\":\"ü\\\"\\\\:\",\"port\":5433}");

        SecretFiles.write(folder, "orders", "{\"name\": \"orders\", \"value\": \"{\\\"port\\\": 1}\"}");
        assertThat(secrets.read(ORDERS).reveal()).isEqualTo("{\"port\": 1}");
    }

    @Test
    void hasNoValueForASecretThatNobodyHas() {
        assertThat(Failures.report(ErrorCode.SECRET_NOT_FOUND, () -> secrets.read(ORDERS)))
                .contains("orders", "list the tagged secrets");
    }

    @Test
    void passesOverEditorsTemporaryFiles() throws IOException {
        SecretFiles.write(folder, "orders", TAGS);
        for (String name : List.of(".orders.json.swp", "orders.json~", ".#orders.json", "#orders.json#", "README.md")) {
            Files.writeString(folder.resolve(name), "{");
        }
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config.json"), "{");

        try (Stream<TaggedSecret> stream = secrets.tagged()) {
            assertThat(stream).extracting(TaggedSecret::name).containsExactly("orders");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "/outside",
                "a/../../outside",
                "a//outside",
                ".hidden",
                "orders/orders",
                "linked/outside"
            })
    void findsNothingOutsideOfItsFolder(String id) throws IOException {
        SecretFiles.write(folder, "../outside", "{\"name\": \"" + id + "\", \"value\": {}}");
        SecretFiles.write(folder, ".hidden", "{\"name\": \".hidden\", \"value\": {}}");
        SecretFiles.write(folder, "orders", TAGS);
        Files.createDirectory(folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.getParent());

        assertThat(secrets.find(SecretId.of(id))).isEmpty();
    }

    @Test
    void followsALinkToAFileAndNoneToAFolder(@TempDir Path elsewhere) throws IOException {
        Path file = SecretFiles.write(elsewhere, "orders", TAGS);
        Files.createSymbolicLink(folder.resolve("orders.json"), file);
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        try (Stream<TaggedSecret> stream = secrets.tagged()) {
            assertThat(stream).extracting(TaggedSecret::name).containsExactly("orders");
        }
    }

    @Test
    void failsWhereTheFolderIsMissingInsteadOfTakingEverySecretForGone(@TempDir Path elsewhere) {
        FolderSecrets missing = new FolderSecrets(elsewhere.resolve("unmounted"));

        assertThat(Failures.report(ErrorCode.CATALOG_FAILED, missing::tagged))
                .contains("unmounted", Hints.OTHER_SECRETS);
        Failures.report(ErrorCode.CATALOG_FAILED, () -> missing.find(ORDERS));
        Failures.report(ErrorCode.CATALOG_FAILED, () -> missing.read(ORDERS));
    }

    @Test
    void tellsWhenASecretWasChanged() throws IOException {
        Instant changed = Instant.parse("2026-11-22T08:00:00Z");
        Files.setLastModifiedTime(SecretFiles.write(folder, "orders", TAGS), FileTime.from(changed));

        assertThat(secrets.find(ORDERS).orElseThrow().changedAt()).contains(changed);
    }

    @Test
    void warnsOfAFileThatOthersMayRead() throws IOException {
        Path mine = SecretFiles.write(folder, "mine", TAGS);
        Path ours = SecretFiles.write(folder, "ours", TAGS);
        Path everyones = SecretFiles.write(folder, "everyones", TAGS);
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(everyones, PosixFilePermissions.fromString("rw----r--"));

        assertThat(secrets.warnings())
                .extracting(warning -> warning.where())
                .containsExactly(everyones.toString(), ours.toString());
        assertThat(secrets.warnings().get(0).remedy()).contains("chmod 600 ");
    }

    @Test
    void warnsOnceOfManyFilesThatOthersMayRead() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path file = SecretFiles.write(folder, "team/secret-" + i, TAGS);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }

        assertThat(secrets.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.where()).isEqualTo(folder.toString());
            assertThat(warning.what()).isEqualTo("5 files are readable by other users");
            assertThat(warning.remedy()).isEqualTo("run: chmod -R go= " + folder);
        });
    }

    @Test
    void warnsOfWhatLooksLikeASecretAndIsIgnored() throws IOException {
        Files.createSymbolicLink(folder.resolve("broken.json"), Path.of("gone"));
        Files.createSymbolicLink(folder.resolve("linked"), folder);
        Files.writeString(folder.resolve("UPPER.JSON"), "{}");
        Files.writeString(folder.resolve("README.md"), "");
        Files.createSymbolicLink(folder.resolve("notes"), Path.of("gone"));

        assertThat(secrets.warnings())
                .extracting(SecretWarning::toString)
                .containsExactlyInAnyOrder(
                        folder + "/broken.json: is ignored: it is a symbolic link to gone, which doesn't exist; restore"
                                + " that file, or remove the link",
                        folder + "/linked: is ignored: it is a symbolic link to a folder; move the folder here, or link"
                                + " its files one by one",
                        folder + "/UPPER.JSON: is ignored: a secret's file name ends in .json, in lower case; rename it"
                                + " to UPPER.json");
        assertThat(secrets.tagged()).isEmpty();
    }

    @Test
    void doesNotTakeASecretBehindABrokenLinkForDeleted() throws IOException {
        Files.createSymbolicLink(folder.resolve("orders.json"), Path.of("unmounted/orders.json"));

        assertThat(Failures.report(ErrorCode.CATALOG_FAILED, () -> secrets.find(ORDERS)))
                .contains("secret \"orders\" couldn't be read");
    }

    @Test
    void refusesANameWithALineBreakAndShowsItOnOneLine() {
        SecretFiles.write(folder, "a\nb", TAGS);

        assertThat(Failures.report(
                        ErrorCode.INVALID_SECRET_FILE, () -> secrets.tagged().toList()))
                .contains("a\\u000ab.json: file: has a control character in its name")
                .doesNotContain("a\nb");
    }

    @Test
    void refusesAFileThatIsNoTextOrFarTooLarge() throws IOException {
        Files.write(folder.resolve("binary.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.write(folder.resolve("large.json"), new byte[2_000_000]);

        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(SecretId.of("binary"))))
                .contains("isn't UTF-8 text");
        assertThat(Failures.report(ErrorCode.INVALID_SECRET_FILE, () -> secrets.find(SecretId.of("large"))))
                .contains("is larger than");
    }
}
