package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of {@link SecretCatalog}. Each test needs a new instance of the test class, as JUnit creates it. */
public abstract class SecretCatalogContract {
    private static final Map<String, String> SCHEDULED =
            Map.of(TagNames.START_SCHEDULE, "0 8 - - 1-5", TagNames.TIMEZONE, "Europe/Berlin", "team", "payments");

    /** Returns the catalog under test; empty when a test begins, and the same one during a test. */
    protected abstract SecretCatalog catalog();

    /** Creates a secret where the catalog looks, and returns its id. */
    protected abstract SecretId create(String name, Map<String, String> tags);

    /** Replaces the tags of a secret. */
    protected abstract void retag(SecretId id, Map<String, String> tags);

    /** Deletes a secret, as its owner would. */
    protected abstract void delete(SecretId id);

    @Test
    void listsNothingWhereThereIsNothing() {
        assertThat(tagged())
                .as("SecretCatalog.tagged: nothing where there is nothing")
                .isEmpty();
    }

    @Test
    void listsSecretsWithATagOfAutoDumpsAndNoOthers() {
        create("orders", SCHEDULED);
        create("paused", Map.of(TagNames.ENABLED, "false"));
        create("untagged", Map.of());
        create("of-somebody-else", Map.of("team", "payments", "autodumper", "no", "x-autodump:enabled", "no"));

        assertThat(tagged())
                .as("SecretCatalog.tagged: the secrets with a tag that begins with autodump:, and no others")
                .extracting(TaggedSecret::name)
                .containsExactlyInAnyOrder("orders", "paused");
    }

    @Test
    void givesNameAndAllTagsAsTheyAre() {
        SecretId id = create("team/orders.db_1+2=3@x", SCHEDULED);

        TaggedSecret secret = tagged().get(0);
        assertThat(secret.id()).as("TaggedSecret.id: as it was created").isEqualTo(id);
        assertThat(secret.name()).as("TaggedSecret.name: as people gave it").isEqualTo("team/orders.db_1+2=3@x");
        assertThat(secret.tags())
                .as("TaggedSecret.tags: all tags, AutoDump's and others")
                .isEqualTo(SCHEDULED);
    }

    @Test
    void listsEachOfManySecretsOnce() {
        List<String> names =
                IntStream.range(0, 250).mapToObj(i -> "database-" + i).toList();
        names.forEach(name -> create(name, SCHEDULED));

        assertThat(tagged())
                .as("SecretCatalog.tagged: each of many secrets, once")
                .extracting(TaggedSecret::name)
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void findsATaggedSecretAsItListsIt() {
        SecretId id = create("orders", SCHEDULED);

        assertThat(catalog().find(id))
                .as("SecretCatalog.find: the secret as SecretCatalog.tagged lists it")
                .contains(tagged().get(0));
    }

    @Test
    void findsASecretWithoutTags() {
        SecretId id = create("untagged", Map.of());

        assertThat(catalog().find(id))
                .as("SecretCatalog.find: also a secret without tags")
                .hasValueSatisfying(secret -> assertThat(secret.tags()).isEmpty());
    }

    @Test
    void findsNothingUnderAnIdThatNobodyHas() {
        create("orders", SCHEDULED);

        assertThat(catalog().find(SecretId.of("nobody")))
                .as("SecretCatalog.find: empty for an unknown id")
                .isEmpty();
    }

    @Test
    void seesNewTagsAtOnce() {
        SecretId id = create("orders", SCHEDULED);
        tagged();
        retag(id, Map.of(TagNames.ENABLED, "false"));

        assertThat(catalog().find(id).orElseThrow().tags())
                .as("SecretCatalog.find: the tags as they are now")
                .isEqualTo(Map.of(TagNames.ENABLED, "false"));
        assertThat(tagged().get(0).tags())
                .as("SecretCatalog.tagged: the tags as they are now")
                .isEqualTo(Map.of(TagNames.ENABLED, "false"));
    }

    @Test
    void forgetsADeletedSecret() {
        SecretId id = create("orders", SCHEDULED);
        delete(id);

        assertThat(tagged()).as("SecretCatalog.tagged: without deleted secrets").isEmpty();
        assertThat(catalog().find(id))
                .as("SecretCatalog.find: without deleted secrets")
                .isEmpty();
    }

    private List<TaggedSecret> tagged() {
        try (Stream<TaggedSecret> secrets = catalog().tagged()) {
            return secrets.toList();
        }
    }
}
