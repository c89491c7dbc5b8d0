package io.autodump.aws.s3.request;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Encryption, tags, storage class and retention of written objects. By default, those of the bucket apply. */
public record WriteOptions(
        Optional<String> kmsKeyId,
        Map<String, String> tags,
        Optional<StorageClass> storageClass,
        Optional<Retention> retention,
        InstantSource clock) {

    /** How long an object is protected from removal, from the moment when it is written. */
    public record Retention(ObjectLockMode mode, Duration duration) {}

    public void applyTo(CreateMultipartUploadRequest.Builder file) {
        kmsKeyId.ifPresent(
                key -> file.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(key));
        if (!tags.isEmpty()) {
            file.tagging(tagging());
        }
        storageClass.ifPresent(file::storageClass);
        retention.ifPresent(lock -> file.objectLockMode(lock.mode())
                .objectLockRetainUntilDate(clock.instant().plus(lock.duration())));
    }

    /** A manifest keeps the default storage class: every listing reads it, which must not be slow or expensive. */
    public void applyTo(PutObjectRequest.Builder manifest) {
        kmsKeyId.ifPresent(key ->
                manifest.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(key));
        if (!tags.isEmpty()) {
            manifest.tagging(tagging());
        }
        retention.ifPresent(lock -> manifest.objectLockMode(lock.mode())
                .objectLockRetainUntilDate(clock.instant().plus(lock.duration())));
    }

    private Tagging tagging() {
        return Tagging.builder()
                .tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }
}
