package io.autodump.aws.secretsmanager;

import com.google.common.collect.AbstractIterator;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.contract.SecretArn;
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
 * The secrets of one account and region. Needs the permissions {@code secretsmanager:ListSecrets} and {@code
 * secretsmanager:DescribeSecret}, and none on values or keys. The list of secrets is eventually consistent: a new tag
 * may take some seconds to appear in it. {@link #find} sees it immediately. Thread-safe.
 */
public final class SecretsManagerCatalog implements SecretCatalog {
    /** The largest page (API reference, ListSecrets, MaxResults). */
    private static final int PAGE = 100;

    /**
     * AWS matches keys that begin with one of the values, and its match is case-sensitive. The values are short, so
     * that tags with a misspelt prefix are found too.
     */
    private static final Filter AUTODUMP_TAGS = Filter.builder()
            .key(FilterNameStringType.TAG_KEY)
            .values("aut", "Aut", "AUT")
            .build();

    /** The longest run of a function that rotates a password (AWS Lambda developer guide, quotas). */
    private static final Duration LONGEST_ROTATION = Duration.ofMinutes(15);

    private final SecretsManagerClient client;

    /** Uses a client of the caller's, who closes it. */
    public SecretsManagerCatalog(SecretsManagerClient client) {
        this.client = client;
    }

    /** Requests the next page of 100 secrets when the previous page has been consumed. */
    @Override
    public Stream<TaggedSecret> tagged() {
        // A secret that changes between two pages may be on both.
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
     * <p>A role that may describe only tagged secrets gets a denial for a secret that lost its tag or was deleted. The
     * list can't be restricted in this way, so it then decides which of the two it is.
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
        Filter byName =
                Filter.builder().key(FilterNameStringType.NAME).values(name(id)).build();
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

    private static String name(SecretId id) {
        return SecretArn.parse(id.value())
                .filter(SecretArn::isComplete)
                .map(SecretArn::name)
                .orElse(id.value());
    }

    private static TaggedSecret tagged(SecretListEntry entry) {
        return TaggedSecret.builder()
                .id(SecretId.of(entry.arn()))
                .name(entry.name())
                .tags(map(entry.tags()))
                .replicaOf(replicaOf(entry.arn(), entry.primaryRegion()))
                .createdAt(Optional.ofNullable(entry.createdDate()))
                .changedAt(changedAt(entry.createdDate(), entry.lastChangedDate(), entry.lastRotatedDate()))
                .build();
    }

    private static TaggedSecret tagged(DescribeSecretResponse secret) {
        return TaggedSecret.builder()
                .id(SecretId.of(secret.arn()))
                .name(secret.name())
                .tags(map(secret.tags()))
                .replicaOf(replicaOf(secret.arn(), secret.primaryRegion()))
                .createdAt(Optional.ofNullable(secret.createdDate()))
                .changedAt(changedAt(secret.createdDate(), secret.lastChangedDate(), secret.lastRotatedDate()))
                .build();
    }

    /** A primary names its own region too. */
    private static Optional<String> replicaOf(String arn, @Nullable String primaryRegion) {
        Optional<String> region = SecretArn.parse(arn).map(SecretArn::region);
        return Optional.ofNullable(primaryRegion)
                .filter(primary -> region.isPresent() && !primary.equals(region.get()));
    }

    /**
     * Ignores a rotation: it changes the password, not the schedule. If it counted as a change, it would hide missed
     * runs, on every day if passwords are rotated daily. The service doesn't report the change before the rotation, so
     * the creation of the secret takes its place.
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

    /** One call per page. An empty page may have a successor. */
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
            // The filter lists more than the port does. SecretTags.anyIn then applies the rule of the port.
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
                                "the list of secrets is incomplete")
                        .of(failed);
            }
        }
    }
}
