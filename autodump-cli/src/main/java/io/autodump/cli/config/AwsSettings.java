package io.autodump.cli.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach AWS, and how to write dumps there. Everything is optional. Absent settings are found as by every AWS
 * tool (environment, profile, container, instance), or are the bucket's own defaults.
 *
 * @param region the region of the secrets, and of the bucket unless {@code bucketRegion} says otherwise
 * @param profile the profile in the shared configuration and credentials files
 * @param sourceRole the ARN of a role to assume for secrets and database tokens
 * @param targetRole the ARN of a role to assume for the bucket
 * @param endpoint the URL of all services, for emulators of AWS
 * @param store how to write dumps
 * @param giveUpSoon whether a call gives up after a few attempts if there is no answer
 */
public record AwsSettings(
        Optional<String> region,
        Optional<String> profile,
        Optional<String> sourceRole,
        Optional<String> targetRole,
        Optional<URI> endpoint,
        Store store,
        boolean giveUpSoon) {
    /** Returns the same settings for a question of a person, who shouldn't wait for a service that doesn't answer. */
    AwsSettings givingUpSoon() {
        return new AwsSettings(region, profile, sourceRole, targetRole, endpoint, store, true);
    }

    /**
     * The settings of the bucket.
     *
     * @param endpoint the URL of S3; overrides the endpoint of all services
     * @param region the region of the bucket, if it differs from the region of the secrets; the region that requests
     *     to another store are signed with
     * @param owner the account that must own the bucket, 12 digits
     * @param kmsKey the id, alias or ARN of the key that encrypts dumps
     * @param storageClass the storage class of dumps; manifests always have the bucket's default
     * @param objectTags the tags of each object, at most 10
     * @param s3 what the store needs, if it isn't Amazon S3
     */
    public record Store(
            Optional<URI> endpoint,
            Optional<String> region,
            Optional<String> owner,
            Optional<String> kmsKey,
            Optional<String> storageClass,
            Map<String, String> objectTags,
            S3Settings s3) {
        public Store {
            objectTags = Map.copyOf(objectTags);
        }
    }
}
