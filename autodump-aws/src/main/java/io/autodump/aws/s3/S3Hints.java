package io.autodump.aws.s3;

import java.util.Optional;

/** What to do about S3's error codes (Amazon S3 API reference, "Error responses"). */
final class S3Hints {
    private S3Hints() {}

    /** Empty for a code that has no remedy of its own. */
    static Optional<String> forCode(S3Failure failure, String code, Optional<String> region) {
        if (code.startsWith("KMS.")) {
            return Optional.of(KMS);
        }
        return Optional.ofNullable(
                switch (code) {
                    case "AccessDenied", "AllAccessDisabled" -> denied(failure, code);
                    case "NoSuchBucket" ->
                        "create bucket " + failure.bucket()
                                + ", or name the right one (store: in autodump.yaml, bucketname in the secret)";
                    case "PermanentRedirect",
                            "TemporaryRedirect",
                            "AuthorizationHeaderMalformed",
                            "IllegalLocationConstraintException" -> region(region);
                    case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                        "the credentials have expired: let a role"
                                + " supply them, so that they are renewed (try: aws sts get-caller-identity)";
                    case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                        "S3 doesn't know these credentials: check"
                                + " AWS_PROFILE or the keys (try: aws sts get-caller-identity)";
                    case "RequestTimeTooSkewed" -> "set this machine's clock";
                    case "SlowDown" -> "S3 asks for fewer requests: run it again later, or lower partParallelism";
                    case "NoSuchUpload" ->
                        "somebody else aborted the upload: look for a lifecycle rule"
                                + " (AbortIncompleteMultipartUpload) that is shorter than a dump, and for a twin of this run";
                    case "BadDigest", "InvalidDigest", "XAmzContentChecksumMismatch" ->
                        "bytes were changed on their way:"
                                + " check proxies and this machine's memory, then run it again";
                    case "EntityTooLarge" ->
                        "the store takes no object of this size: dump less (autodump:schemas,"
                                + " autodump:exclude-table-data), or compress more";
                    case "InvalidObjectState" ->
                        "the object is archived: bring it back first with aws s3api" + " restore-object";
                    case "ObjectLockConfigurationNotFoundError", "InvalidRetentionPeriod" ->
                        "turn Object Lock on for bucket " + failure.bucket() + ", or configure no retention";
                    case "InvalidStorageClass" -> "configure a storage class that this store has";
                    case "InvalidTag", "BadRequestTags" -> "configure at most 10 tags, without aws: at the beginning";
                    case "KeyTooLongError" -> "use a shorter prefix, or a secret with a shorter name";
                    default -> null;
                });
    }

    private static final String KMS = "check that the KMS key is there, enabled and in the bucket's region, and allow"
            + " kms:GenerateDataKey and kms:Decrypt on it";

    /** Names the action, the resource and what else makes S3 refuse. */
    static String denied(S3Failure failure, String code) {
        if (code.equals("AllAccessDisabled")) {
            return "the account's access to S3 is disabled: ask who pays for it";
        }
        String bucket = "arn:aws:s3:::" + failure.bucket();
        String objects = failure.call().isOnBoth() ? bucket + " and " + bucket + "/*" : bucket + "/*";
        String hint = "allow " + failure.call().action() + " on "
                + (failure.call().isOnBucket() ? bucket : objects)
                + " to this role, in its policy and in the bucket's";
        return failure.call().writes()
                ? hint + "; an encrypted bucket needs kms:GenerateDataKey and kms:Decrypt too, tags"
                        + " s3:PutObjectTagging, a retention s3:PutObjectRetention. S3 also refuses when the bucket isn't"
                        + " the expected owner's"
                : hint + "; an encrypted object needs kms:Decrypt too";
    }

    static String region(Optional<String> region) {
        return "the bucket is in another region"
                + region.map(name -> ", " + name + ": set AWS_REGION=" + name).orElse(": set AWS_REGION")
                + ", or aws.bucket-region in autodump.yaml";
    }
}
