package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.cli.wiring.InstalledStores;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
    private static final String GOOD = "secrets: ./secrets\nstore: ./dumps\n";

    private final Path folder;

    ConfigurationReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsTheTwoKeysThatMustBeThere() throws IOException {
        Configuration configuration = read(GOOD);

        assertThat(configuration.secrets()).isEqualTo(new SecretsLocation.Folder(folder.resolve("secrets")));
        assertThat(configuration.store()).isEqualTo(new StoreLocation.Folder(folder.resolve("dumps")));
        assertThat(configuration.state()).isEqualTo(folder.resolve(".autodump"));
        assertThat(configuration.scratch()).isEmpty();
        assertThat(configuration.clients()).isEmpty();
        assertThat(configuration.stallTimeout()).isEmpty();
        assertThat(configuration.maxConcurrentDumps()).isEqualTo(2);
    }

    @Test
    void readsAllOtherKeys() throws IOException {
        Configuration configuration = read(GOOD
                + "state: /var/lib/autodump\nscratch: scratch-server\nclients: [.]\nstall-timeout: PT7M\n"
                + "max-concurrent-dumps: 5\n");

        assertThat(configuration.state()).isEqualTo(Path.of("/var/lib/autodump"));
        assertThat(configuration.scratch()).contains("scratch-server");
        assertThat(configuration.clients()).containsExactly(folder);
        assertThat(configuration.stallTimeout()).contains(Duration.ofMinutes(7));
        assertThat(configuration.maxConcurrentDumps()).isEqualTo(5);
    }

    @Test
    void readsTheStartingPoint() throws IOException {
        assertThat(read(StartingPoint.configuration()).store())
                .isEqualTo(new StoreLocation.Folder(folder.resolve("dumps")));
    }

    @Test
    void explainsEveryKeyInTheStartingPoint() throws IOException {
        String everythingOn = StartingPoint.configuration()
                .replaceAll("(?m)^#([a-z-]+:( |$)| {2,}[a-z-])", "$1")
                .replace("/usr/lib/postgresql/17/bin", ".")
                .replace("./assertions", ".");

        assertThat(read(everythingOn).scratch()).isPresent();
        AwsSection.KEYS.forEach(key -> assertThat(everythingOn).contains("  " + key.substring("aws.".length()) + ":"));
        assertThat(everythingOn)
                .contains("secrets:", "store:", "state:", "scratch:", "clients:", "stall-timeout:", "max-concurrent");
    }

    @Test
    void reportsAllProblemsAtOnceByLineAndKey() {
        String bad = """
                # mine
                secret: ./secrets
                store: 7
                state:
                clients: /usr/bin
                stall-timeout: 30m
                max-concurrent-dumps: many
                store: ./dumps
                nonsense: 1
                """;

        assertThatThrownBy(() -> read(bad))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> {
                    assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
                    assertThat(wrong.problems().stream().map(Object::toString))
                            .containsExactly(
                                    "line 2, secret: isn't a key of this file; did you mean secrets?",
                                    "line 8, store: is a duplicate of line 3; keep one",
                                    "line 9, nonsense: isn't a key of this file; the keys are secrets, store, state,"
                                            + " scratch, clients, stall-timeout, max-concurrent-dumps, deployment,"
                                            + " encrypt-to, identity-file, stores, copy-to, drill, notify,"
                                            + " aws",
                                    "secrets: is missing; for example secrets: ./secrets",
                                    "line 3, store: must be text",
                                    "line 4, state: has no value; write one, or remove the line",
                                    "line 5, clients: must be a list of folders, such as [/usr/lib/postgresql/17/bin]",
                                    "line 6, stall-timeout: \"30m\" isn't an ISO-8601 duration such as PT30M, longer"
                                            + " than zero and at most one day",
                                    "line 7, max-concurrent-dumps: \"many\" isn't a whole number from 1 to 64");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secrets: aws:profile | isn't a folder",
                "store: s3:/bucket | isn't s3://BUCKET or s3://BUCKET/PREFIX",
                "store: s3:// | isn't s3://BUCKET or s3://BUCKET/PREFIX",
                "store: s3://Acme/x | a bucket's name has 3 to 63 lower-case letters",
                "aws: eu-central-1 | must be a mapping",
                "store: https://example.com | isn't a folder",
                "store: [a, b] | must be text",
                "store: {a: b} | must be text",
                "store: '' | must be text",
                "clients: [./absent] | there is no folder",
                "clients: [7] | must be text",
                "stall-timeout: PT0S | isn't an ISO-8601 duration",
                "stall-timeout: PT48H | isn't an ISO-8601 duration",
                "max-concurrent-dumps: 0 | isn't a whole number from 1 to 64",
                "max-concurrent-dumps: 65 | isn't a whole number from 1 to 64",
                "max-concurrent-dumps: 1.5 | isn't a whole number from 1 to 64",
                "scratch: [a] | must be text",
                "state: ~ | has no value"
            })
    void refusesWhatItCannotUse(String line, String problem) {
        String key = line.substring(0, line.indexOf(':'));
        String others = GOOD.replaceAll("(?m)^" + key + ":.*\\n", "");

        assertThatThrownBy(() -> read(others + line + "\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line " + (others.lines().count() + 1) + ", " + key + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void readsAnAccountInTwoLines() throws IOException {
        Configuration configuration = read("secrets: aws\nstore: s3://acme-dumps/nightly/\n");

        assertThat(configuration.secrets()).isEqualTo(new SecretsLocation.SecretsManager());
        assertThat(configuration.store()).isEqualTo(new StoreLocation.Remote("s3", "acme-dumps", "nightly"));
        assertThat(configuration.store()).hasToString("s3://acme-dumps/nightly");
        assertThat(configuration.aws())
                .isEqualTo(new AwsSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new AwsSettings.Store(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                new S3Settings(
                                        "aws",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())),
                        false));
    }

    @Test
    void readsEveryKeyOfTheAwsSection() throws IOException {
        AwsSettings aws = read("""
                secrets: aws
                store: s3://acme-dumps
                aws:
                  region: eu-central-1
                  profile: backups
                  source-role: arn:aws:iam::111122223333:role/autodump-source
                  target-role: arn:aws-cn:iam::111122223333:role/path/autodump-target
                  endpoint: http://127.0.0.1:4566
                  s3-endpoint: https://s3.example.com
                  path-style: true
                  bucket-region: us-west-2
                  bucket-owner: "012345678901"
                  kms-key: alias/dumps
                  storage-class: STANDARD_IA
                  object-tags: {team: data, cost center: "42"}
                  conditional-writes: false
                  store-kind: r2
                  checksums: false
                  equal-parts: true
                  part-size: 64 MiB
                  max-parts: 1000
                """).aws();

        assertThat(aws)
                .isEqualTo(new AwsSettings(
                        Optional.of("eu-central-1"),
                        Optional.of("backups"),
                        Optional.of("arn:aws:iam::111122223333:role/autodump-source"),
                        Optional.of("arn:aws-cn:iam::111122223333:role/path/autodump-target"),
                        Optional.of(URI.create("http://127.0.0.1:4566")),
                        new AwsSettings.Store(
                                Optional.of(URI.create("https://s3.example.com")),
                                Optional.of("us-west-2"),
                                Optional.of("012345678901"),
                                Optional.of("alias/dumps"),
                                Optional.of("STANDARD_IA"),
                                Map.of("team", "data", "cost center", "42"),
                                new S3Settings(
                                        "r2",
                                        Optional.of(false),
                                        Optional.of(false),
                                        Optional.of(true),
                                        Optional.of(64L << 20),
                                        Optional.of(1000),
                                        Optional.of(true))),
                        false));
    }

    @Test
    void reportsTheProblemsOfTheAwsSectionWithTheOthers() {
        String bad = """
                secrets: aws
                store: s3://acme-dumps
                aws:
                  regoin: eu-central-1
                  source-role: autodump-source
                  endpoint: localhost:4566
                  path-style: yes please
                  bucket-owner: 111122223333
                  storage-class: COLD
                  object-tags: {team: 7}
                  region: Frankfurt
                  kms-key:
                  region: eu-west-1
                max-concurrent-dumps: 0
                """;

        assertThatThrownBy(() -> read(bad))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> assertThat(wrong.problems().stream().map(Object::toString))
                        .containsExactlyInAnyOrder(
                                "line 4, aws.regoin: isn't a key of this file; did you mean aws.region?",
                                "line 5, aws.source-role: \"autodump-source\" isn't the ARN of a role, such as"
                                        + " arn:aws:iam::123456789012:role/autodump",
                                "line 6, aws.endpoint: \"localhost:4566\" isn't a URL such as https://s3.example.com",
                                "line 7, aws.path-style: must be true or false",
                                "line 8, aws.bucket-owner: must be in quotes, such as \"123456789012\": YAML takes it for"
                                        + " a number",
                                "line 9, aws.storage-class: \"COLD\" isn't one of STANDARD, STANDARD_IA, ONEZONE_IA,"
                                        + " INTELLIGENT_TIERING, GLACIER_IR, GLACIER, DEEP_ARCHIVE, EXPRESS_ONEZONE,"
                                        + " OUTPOSTS, SNOW, REDUCED_REDUNDANCY",
                                "line 10, aws.object-tags: the value of tag team must be text, in quotes",
                                "line 11, aws.region: \"Frankfurt\" isn't a region such as eu-central-1",
                                "line 12, aws.kms-key: has no value; write one, or remove the line",
                                "line 13, aws.region: is a duplicate of line 11; keep one",
                                "line 14, max-concurrent-dumps: 0 isn't a whole number from 1 to 64"));
    }

    @Test
    void letsTheCommandLineGoBeforeTheFile() throws IOException {
        Path file = folder.resolve("autodump.yaml");
        Files.writeString(file, GOOD + "aws: {region: eu-west-1}\n");

        Configuration configuration =
                read(file, Map.of("store", "s3://acme-dumps", "aws.region", "eu-central-1", "aws.profile", "me"));

        assertThat(configuration.secrets()).isEqualTo(new SecretsLocation.Folder(folder.resolve("secrets")));
        assertThat(configuration.store()).isEqualTo(new StoreLocation.Remote("s3", "acme-dumps", ""));
        assertThat(configuration.aws().region()).contains("eu-central-1");
        assertThat(configuration.aws().profile()).contains("me");
    }

    @Test
    void needsNoFileWhereTheCommandLineSaysEverything() {
        Configuration configuration =
                read(folder.resolve("absent.yaml"), Map.of("secrets", "aws", "store", "s3://acme-dumps/nightly"));

        assertThat(configuration.state()).isEqualTo(folder.resolve(".autodump"));
    }

    @Test
    void namesTheOptionThatCannotBeUsed() {
        assertThatThrownBy(() -> read(
                        folder.resolve("absent.yaml"), Map.of("secrets", "aws", "store", "s3://x", "aws.region", "X")))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> assertThat(wrong.problems().stream().map(Problem::where))
                        .containsExactly("--store", "--region"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://acme-dumps, other-bucket, true",
        "s3://acme-dumps, acme-dumps, false",
        "./dumps, other-bucket, false"
    })
    void saysWhereASecretNamesAnotherBucket(String store, String bucketOfSecret, boolean differs) throws IOException {
        Configuration configuration = read("secrets: ./secrets\nstore: " + store + "\n");

        assertThat(configuration.otherBucket(Optional.of(bucketOfSecret)).isPresent())
                .isEqualTo(differs);
        assertThat(configuration.otherBucket(Optional.empty())).isEmpty();
    }

    @Test
    void saysWhereTheFileIsNoYaml() {
        assertThatThrownBy(() -> read("secrets: ./secrets\nstore: [./dumps\n"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> assertThat(wrong.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.where()).startsWith("line ");
                    assertThat(problem.what()).startsWith("isn't valid YAML");
                }));
    }

    /** An alias would be taken as text, and a folder of its name used. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store: &a ./dumps;state: *a                | line 3, state",
                "store: *nope                               | line 2, store",
                "store: ./d;aws:;  bucket: &a x;  region: *a| line 5, aws.region",
                "store: ./d;clients: [&a x, *a]             | line 3, clients",
                "store: ./d;aws: &a {region: x};<<: *a      | line 4, <<",
            })
    void refusesAliasesAndNamesTheirKeys(String lines, String where) {
        assertThatThrownBy(() -> read("secrets: ./secrets\n" + lines.replace(';', '\n')))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> {
                    assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
                    assertThat(wrong.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.where()).isEqualTo(where);
                        assertThat(problem.what()).contains("is an alias of YAML", "write the value itself");
                    });
                });
    }

    @Test
    void takesATextThatOnlyLooksLikeAnAlias() throws IOException {
        assertThat(read("secrets: ./secrets\nstore: \"*a\"\n").store())
                .isEqualTo(new StoreLocation.Folder(folder.resolve("*a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "aws:;\tregion: x;|line 3|has a tab, which can't be used for indentation; use spaces",
                "store: @home;|line 2|isn't valid YAML: found character '@' that cannot start any token",
                "store: `home`;|line 2|isn't valid YAML: found character '`' that cannot start any token",
            })
    void namesTheLineAndTheCauseOfWhatIsNoYaml(String lines, String where, String what) {
        assertThatThrownBy(() -> read("secrets: ./secrets\n" + lines.replace(';', '\n')))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> assertThat(wrong.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(where);
                    assertThat(problem.what()).startsWith(what);
                }));
    }

    @ParameterizedTest
    @CsvSource({"just words", "- a list", "7"})
    void refusesWhatIsNoMapping(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("isn't a mapping");
    }

    @Test
    void readsNoFileThatIsLargerThanAnyConfiguration() {
        assertThatThrownBy(() -> read("#".repeat(1_000_001))).hasMessageContaining("has more than 1000000 bytes");
    }

    @Test
    void refusesASecondDocumentAndAStoreAmongTheSecrets() throws IOException {
        assertThatThrownBy(() -> read(GOOD + "---\nstore: ./other\n"))
                .hasMessageContainingAll("line 4: begins a second document", "keep one document");
        for (String store : List.of("./secrets", "./secrets/dumps", "./link")) {
            Files.createDirectories(folder.resolve("secrets"));
            if (!Files.exists(folder.resolve("link"))) {
                Files.createSymbolicLink(folder.resolve("link"), folder.resolve("secrets"));
            }
            assertThatThrownBy(() -> read("secrets: ./secrets\nstore: " + store + "\n"))
                    .hasMessageContaining("in the folder of the secrets");
        }
    }

    @Test
    void takesAnEmptyFileForOneWithoutItsKeys() {
        assertThatThrownBy(() -> read("# nothing yet\n"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInputException.class))
                .satisfies(wrong -> assertThat(wrong.problems()).hasSize(2));
    }

    @Test
    void namesTheCommandThatWritesAMissingFile() {
        assertThatThrownBy(() -> read(folder.resolve("autodump.yaml"), Map.of()))
                .asInstanceOf(InstanceOfAssertFactories.type(AutoDumpException.class))
                .satisfies(missing -> assertThat(missing.report()).contains("AD-1003", "autodump init"));
    }

    @Test
    void writesAStartingPointOnceAndNeverReplacesIt() throws IOException {
        List<Path> written = StartingPoint.write(folder);

        assertThat(written)
                .containsExactly(folder.resolve("autodump.yaml"), folder.resolve("secrets/example.json"))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThatThrownBy(() -> StartingPoint.write(folder))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("nothing was written");
    }

    private Configuration read(String text) throws IOException {
        Path file = folder.resolve("autodump.yaml");
        Files.writeString(file, text);
        return read(file, Map.of());
    }

    private static Configuration read(Path file, Map<String, String> options) {
        return ConfigurationReader.read(file, options, InstalledStores::parse, Map.of());
    }
}
