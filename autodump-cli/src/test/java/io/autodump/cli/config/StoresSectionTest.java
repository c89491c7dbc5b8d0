package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.cli.wiring.InstalledStores;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.retention.RetentionPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoresSectionTest {
    private static final String STORES = """
            secrets: ./secrets
            store: s3://acme-dumps/nightly
            aws:
              region: eu-central-1
              profile: backups
            stores:
              disk: /mnt/disk/dumps
              other-account:
                store: s3://acme-copies
                retention: daily=30 monthly=12
              elsewhere:
                store: s3://acme-copies
                retention: keep all
                aws:
                  s3-endpoint: https://r2.example.com
                  store-kind: r2
            copy-to: [elsewhere, disk]
            """;

    @TempDir
    Path folder;

    @Test
    void readsStoresInBothForms() throws IOException {
        Configuration configuration = read(STORES, "");

        assertThat(configuration.stores().all())
                .extracting(NamedStore::name)
                .containsExactly("disk", "other-account", "elsewhere");
        assertThat(configuration.copyTo()).extracting(NamedStore::name).containsExactly("elsewhere", "disk");
        NamedStore elsewhere = configuration.copyTo().get(0);
        assertThat(elsewhere.retention()).contains(RetentionPolicy.KEEP_ALL);
        assertThat(elsewhere.aws().store().endpoint()).contains(URI.create("https://r2.example.com"));
        assertThat(elsewhere.aws().store().s3().kind()).isEqualTo("r2");
        assertThat(elsewhere.aws().profile()).isEmpty();
        assertThat(configuration.copyTo().get(1).location())
                .isEqualTo(new StoreLocation.Folder(Path.of("/mnt/disk/dumps")));
    }

    @Test
    void takesTheSettingsOfTheWholeForAStoreWithoutItsOwn() throws IOException {
        Configuration configuration = read(STORES, "");
        NamedStore other = configuration.stores().all().get(1);

        assertThat(other.aws()).isEqualTo(configuration.aws());
        assertThat(other.retention()).contains(RetentionPolicy.parse("daily=30 monthly=12"));
    }

    @Test
    void usesTheStoreThatTheOptionNames() throws IOException {
        Configuration configuration = read(STORES, "elsewhere");

        assertThat(configuration.store()).hasToString("s3://acme-copies");
        assertThat(configuration.aws().profile()).contains("backups");
        assertThat(configuration.ofStore().aws().store().s3().kind()).isEqualTo("r2");
        assertThat(configuration.copyTo()).isEmpty();
    }

    @Test
    void takesAFolderOfTheOptionUnlessAStoreHasItsName() throws IOException {
        Files.createDirectories(folder.resolve("dumps"));
        assertThat(read(STORES, "dumps").store()).isEqualTo(new StoreLocation.Folder(folder.resolve("dumps")));
        assertThat(read(STORES, "dumps").copyTo()).hasSize(2);

        assertThat(problems(STORES, "elsewere"))
                .containsExactly(
                        "--store: \"elsewere\" is neither a name under stores nor a folder; did you mean elsewhere?");
        assertThat(read("secrets: ./secrets\nstore: ./dumps\n", "absent").store())
                .isEqualTo(new StoreLocation.Folder(folder.resolve("absent")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stores: ./x                            | line 3, stores: must be a mapping
            stores: {Disk: ./x}                    | stores.Disk: isn't a name: lower-case letters
            stores: {disk: {retention: last=2}}    | stores.disk.store: is missing
            stores: {disk: {stor: ./x}}            | line 3, stores.disk.stor: isn't a key of this file; did you mean store?
            stores: {disk: {store: ./x, aws: {regio: x}}} | stores.disk.aws.regio: isn't a key of this file; did you mean aws.region?
            stores: {disk: {store: ./x, retention: daily}} | stores.disk.retention: "daily" isn't PERIOD=COUNT
            stores: {disk: ./x, disk: ./y}         | stores.disk: is a duplicate of line 3
            copy-to: disk                          | copy-to: "disk" isn't a name under stores
            stores: {disk: ./x};copy-to: dis       | did you mean disk?
            stores: {disk: ./x};copy-to: [disk, disk] | copy-to: names a store twice
            stores: {disk: ./dumps/copies};copy-to: disk | neither may be in the other
            stores: {disk: .};copy-to: disk        | neither may be in the other
            stores: {disk: ./secrets/x}            | stores.disk: is
            stores: {disk: ftp://x}                | stores.disk: "ftp://x" isn't a folder
            """)
    void saysWhatIsWrong(String lines, String problem) throws IOException {
        assertThat(problems("secrets: ./secrets\nstore: ./dumps\n" + lines.replace(';', '\n') + "\n", ""))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void keepsCopiesInABucketApartFromTheDumps() throws IOException {
        String same =
                "secrets: ./secrets\nstore: s3://acme-dumps/nightly\ncopy-to: copies\nstores:\n  copies:\n    store: ";

        assertThat(problems(same + "s3://acme-dumps/nightly/copies\n", ""))
                .singleElement()
                .asString()
                .contains("neither may be in the other");
        assertThat(problems(same + "s3://acme-dumps\n", "")).hasSize(1);
        assertThat(read(same + "s3://acme-dumps/nightly-copies\n", "").copyTo()).hasSize(1);
        assertThat(read(same + "s3://acme-dumps/nightly\n    aws: {s3-endpoint: 'https://s3.example.com'}\n", "")
                        .copyTo())
                .hasSize(1);
    }

    private List<String> problems(String text, String option) {
        InvalidInputException invalid = catchThrowableOfType(InvalidInputException.class, () -> read(text, option));
        return invalid.problems().stream().map(Problem::toString).toList();
    }

    private Configuration read(String text, String option) throws IOException {
        Path file = folder.resolve("autodump.yaml");
        Files.writeString(file, text);
        Map<String, String> options = new HashMap<>();
        if (!option.isEmpty()) {
            options.put("store", folder.resolve(option).toString());
            options.putAll(ConfigurationReader.storeName(option));
        }
        return ConfigurationReader.read(file, options, InstalledStores::parse, Map.of());
    }
}
