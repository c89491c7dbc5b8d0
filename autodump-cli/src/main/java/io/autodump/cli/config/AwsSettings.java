package io.autodump.cli.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How AWS is reached, and how dumps are written there. All of it is optional; whatever is absent is found as every AWS
 * tool finds it (environment, profile, container, instance), or left to the bucket's own defaults.
 *
 * @param region of the secrets, and of the bucket unless {@code bucketRegion} says otherwise
 * @param profile of the shared configuration and credentials files
 * @param sourceRole the ARN of a role to assume for secrets and database tokens
 * @param targetRole the ARN of a role to assume for the bucket
 * @param endpoint where every service answers, instead of AWS's own endpoints
 * @param store how dumps are written
 */
public record AwsSettings(
        Optional<String> region,
        Optional<String> profile,
        Optional<String> sourceRole,
        Optional<String> targetRole,
        Optional<URI> endpoint,
        Store store) {

    /**
     * What concerns the bucket alone.
     *
     * @param endpoint where S3 answers; goes before the endpoint of all services
     * @param pathStyle whether the bucket stands in the path and not in the host name
     * @param region of the bucket, if it isn't that of the secrets
     * @param owner the account that must own the bucket, 12 digits
     * @param kmsKey the id, alias or ARN of the key that encrypts dumps
     * @param storageClass of the dumps; manifests always have the bucket's default
     * @param objectTags at most 10
     * @param conditionalWrites whether the store knows {@code If-Match} and {@code If-None-Match}
     */
    public record Store(
            Optional<URI> endpoint,
            boolean pathStyle,
            Optional<String> region,
            Optional<String> owner,
            Optional<String> kmsKey,
            Optional<String> storageClass,
            Map<String, String> objectTags,
            boolean conditionalWrites) {
        public Store {
            objectTags = Map.copyOf(objectTags);
        }
    }
}
