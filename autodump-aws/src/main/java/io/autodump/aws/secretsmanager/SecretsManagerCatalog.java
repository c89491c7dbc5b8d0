package io.autodump.aws.secretsmanager;

import com.google.common.collect.AbstractIterator;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.contract.TagNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * The secrets of one account and region. Needs {@code secretsmanager:ListSecrets} and {@code
 * secretsmanager:DescribeSecret}, and no permission on a value or a key. A new tag may take some seconds until it is
 * listed (AWS calls the list eventually consistent); {@link #find} sees it at once. Thread-safe.
 */
public final class SecretsManagerCatalog implements SecretCatalog {
    /** The most that one call returns (API reference, ListSecrets, MaxResults). */
    private static final int PAGE = 100;

    private static final Filter AUTODUMP_TAGS = Filter.builder()
            .key(FilterNameStringType.TAG_KEY)
            .values(TagNames.PREFIX)
            .build();

    /** API reference, DescribeSecret, ARN: the service appends a hyphen and six characters to the name. */
    private static final Pattern ARN_AROUND_NAME = Pattern.compile("^arn:.*?:secret:(.+)-[A-Za-z0-9]{6}$");

    /** How long the function that rotates a password may run (AWS Lambda developer guide, quotas). */
    private static final Duration LONGEST_ROTATION = Duration.ofMinutes(15);

    private final SecretsManagerClient client;

    public SecretsManagerCatalog(SecretsManagerClient client) {
        this.client = client;
    }

    /** Asks for a page of 100 when the one before it has been consumed. */
    @Override
    public Stream<TaggedSecret> tagged() {
        // A secret that is changed while the pages are read may be on two of them.
        Set<String> seen = new HashSet<>();
        return entries(AUTODUMP_TAGS)
                .filter(entry -> seen.add(entry.arn()))
                .map(SecretsManagerCatalog::tagged)
                .filter(secret -> SecretTags.anyIn(secret.tags()));
    }

    private Stream<SecretListEntry> entries(Filter filter) {
        Iterator<List<SecretListEntry>> pages = new Pages(filter);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false)
                .flatMap(List::stream)
                .filter(entry -> entry.deletedDate() == null);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A role that may describe tagged secrets only is denied those whose tag was taken away, and those that are gone.
     * The list, which can't be restricted so, then tells which it was.
     */
    @Override
    public Optional<TaggedSecret> find(SecretId id) {
        try {
            DescribeSecretResponse secret = client.describeSecret(request -> request.secretId(id.value()));
            return secret.deletedDate() == null ? Optional.of(tagged(secret)) : Optional.empty();
        } catch (ResourceNotFoundException gone) {
            return Optional.empty();
        } catch (SdkException failed) {
            AutoDumpException failure = new AwsFailure(
                            ErrorCode.CATALOG_FAILED,
                            "secretsmanager:DescribeSecret",
                            "secret " + id,
                            "nothing was changed")
                    .of(failed);
            if (failed instanceof AwsServiceException refused && AwsFailure.isDenied(refused)) {
                return findInList(id, failure);
            }
            throw failure;
        }
    }

    private Optional<TaggedSecret> findInList(SecretId id, AutoDumpException denied) {
        Filter byName = Filter.builder()
                .key(FilterNameStringType.NAME)
                .values(ARN_AROUND_NAME.matcher(id.value()).replaceAll("$1"))
                .build();
        try {
            return entries(byName)
                    .filter(entry ->
                            id.value().equals(entry.arn()) || id.value().equals(entry.name()))
                    .map(SecretsManagerCatalog::tagged)
                    .findFirst();
        } catch (AutoDumpException unlisted) {
            denied.addSuppressed(unlisted);
            throw denied;
        }
    }

    private static TaggedSecret tagged(SecretListEntry entry) {
        return TaggedSecret.builder()
                .id(SecretId.of(entry.arn()))
                .name(entry.name())
                .tags(map(entry.tags()))
                .createdAt(Optional.ofNullable(entry.createdDate()))
                .changedAt(changedAt(entry.createdDate(), entry.lastChangedDate(), entry.lastRotatedDate()))
                .build();
    }

    private static TaggedSecret tagged(DescribeSecretResponse secret) {
        return TaggedSecret.builder()
                .id(SecretId.of(secret.arn()))
                .name(secret.name())
                .tags(map(secret.tags()))
                .createdAt(Optional.ofNullable(secret.createdDate()))
                .changedAt(changedAt(secret.createdDate(), secret.lastChangedDate(), secret.lastRotatedDate()))
                .build();
    }

    /**
     * A rotation changes the password and no schedule; taken for a change, it would hide missed runs, day by day where
     * passwords are rotated daily. What was changed before it the service doesn't tell, so the secret's creation has to do.
     */
    private static Optional<Instant> changedAt(
            @Nullable Instant created, @Nullable Instant changed, @Nullable Instant rotated) {
        boolean byRotation = rotated != null
                && changed != null
                && Duration.between(rotated, changed).abs().compareTo(LONGEST_ROTATION) <= 0;
        return Optional.ofNullable(byRotation ? created : changed);
    }

    private static Map<String, String> map(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), Optional.ofNullable(tag.value()).orElse("")));
        return map;
    }

    /** One call each; a page may be empty and still not be the last. */
    private final class Pages extends AbstractIterator<List<SecretListEntry>> {
        private final Filter filter;
        private @Nullable String nextToken;
        private boolean atEnd;

        Pages(Filter filter) {
            this.filter = filter;
        }

        @Override
        protected @Nullable List<SecretListEntry> computeNext() {
            if (atEnd) {
                return endOfData();
            }
            ListSecretsResponse page = page();
            nextToken = page.nextToken();
            atEnd = nextToken == null;
            return page.secretList();
        }

        private ListSecretsResponse page() {
            // AWS matches keys that begin with the value; SecretTags.anyIn then looks at them as the port has it.
            ListSecretsRequest request = ListSecretsRequest.builder()
                    .filters(filter)
                    .includePlannedDeletion(false)
                    .maxResults(PAGE)
                    .nextToken(nextToken)
                    .build();
            try {
                return client.listSecrets(request);
            } catch (SdkException failed) {
                throw new AwsFailure(
                                ErrorCode.CATALOG_FAILED,
                                "secretsmanager:ListSecrets",
                                "*",
                                "the list of secrets isn't complete")
                        .of(failed);
            }
        }
    }
}
