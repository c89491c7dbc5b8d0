package io.autodump.aws.s3.request;

import java.util.Optional;

/** Remedies for the error codes of S3 (Amazon S3 API reference, "Error responses"). */
final class S3Hints {
    private S3Hints() {}

    /** Returns the remedy; empty for a code without a specific one. */
    static Optional<String> forCode(S3Failure failure, String code, Optional<String> region) {
        if (code.startsWith("KMS.")) {
            return Optional.of(KMS);
        }
        return Optional.ofNullable(
                switch (code) {
                    case "AccessDenied", "AllAccessDisabled" -> denied(failure, code);
                    case "NoSuchBucket" ->
                        "create bucket " + failure.bucket()
                                + ", or name an existing one: the store's bucket, or bucketname in the secret";
                    case "PermanentRedirect",
                            "TemporaryRedirect",
                            "AuthorizationHeaderMalformed",
                            "IllegalLocationConstraintException" -> region(region);
                    case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                        "the credentials have expired: use a role,"
                                + " which renews them (check with: aws sts get-caller-identity)";
                    case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                        "S3 doesn't know these credentials: check"
                                + " AWS_PROFILE or the keys (with: aws sts get-caller-identity)";
                    case "RequestTimeTooSkewed" -> "correct this machine's clock";
                    case "SlowDown" -> "S3 asks for fewer requests: run it again later, or lower partParallelism";
                    case "NoSuchUpload" ->
                        "another process aborted the upload: check for a lifecycle rule"
                                + " (AbortIncompleteMultipartUpload) that is shorter than a dump, and for a second attempt"
                                + " at this run";
                    case "BadDigest", "InvalidDigest", "XAmzContentChecksumMismatch" ->
                        "bytes changed on the way to S3:"
                                + " check proxies and this machine's memory, then run it again";
                    case "EntityTooLarge" ->
                        "the store accepts no object of this size: dump less (autodump:schemas,"
                                + " autodump:exclude-table-data), or compress more";
                    case "InvalidObjectState" ->
                        "the object is archived: restore it first with aws s3api restore-object";
                    case "ObjectLockConfigurationNotFoundError", "InvalidRetentionPeriod" ->
                        "enable Object Lock for bucket " + failure.bucket() + ", or configure no retention";
                    case "InvalidStorageClass" -> "configure a storage class that this store supports";
                    case "InvalidTag", "BadRequestTags" -> "configure at most 10 tags; none may begin with aws:";
                    case "KeyTooLongError" -> "use a shorter prefix, or a secret with a shorter name";
                    default -> null;
                });
    }

    private static final String KMS =
            "check that the KMS key exists, is enabled and is in the bucket's region, and allow"
                    + " kms:GenerateDataKey and kms:Decrypt on it";

    /** Names the action, the resource, and the other reasons for a denial. */
    static String denied(S3Failure failure, String code) {
        if (code.equals("AllAccessDisabled")) {
            return "the account's access to S3 is disabled: ask the owner of the account";
        }
        String bucket = "arn:aws:s3:::" + failure.bucket();
        String objects = failure.call().isOnBoth() ? bucket + " and " + bucket + "/*" : bucket + "/*";
        String allow = "allow " + failure.call().action() + " on "
                + (failure.call().isOnBucket() ? bucket : objects)
                + " to this role, in its policy and in the bucket's";
        String hint = failure.call().writes()
                ? allow + "; an encrypted bucket needs kms:GenerateDataKey and kms:Decrypt too, tags"
                        + " s3:PutObjectTagging, a retention s3:PutObjectRetention. S3 also refuses if the bucket has"
                        + " another owner than expected"
                : allow + "; an encrypted object needs kms:Decrypt too";
        // An answer to HEAD has no body, so no code either.
        return code.isEmpty() && failure.call() != S3Call.HEAD
                ? hint + "; the answer has no error code of S3, so something else may have sent it, such as a proxy"
                : hint;
    }

    static String region(Optional<String> region) {
        return "the bucket is in another region"
                + region.map(name -> ", " + name).orElse("")
                + ": set the region of the store's bucket, or AWS_REGION"
                + region.map(name -> "=" + name).orElse("");
    }
}
