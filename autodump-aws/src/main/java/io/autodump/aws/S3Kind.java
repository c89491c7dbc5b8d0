package io.autodump.aws;

import com.google.errorprone.annotations.Immutable;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds of store that speak S3's protocol, and what each of them needs. {@code docs/stores.md} has the source of
 * every value. Where a vendor doesn't say that a feature works, the kind does without it. Every single setting
 * overrides its kind.
 *
 * @since 0.1.0
 */
public enum S3Kind {
    /** Amazon S3. Also the default for stores that no other kind names. */
    AWS(Traits.COMPLETE),
    /** Cloudflare R2: equal parts, CRC-32C for single parts only. */
    R2(new Traits(false, true, true, true, Optional.of("auto"))),
    /** Google Cloud Storage: neither S3's checksums nor conditional writes. */
    GCS(new Traits(false, false, false, true, Optional.of("auto"))),
    /** Backblaze B2: refuses headers that it doesn't know. */
    B2(Traits.PLAIN),
    /** Ceph's object gateway. */
    CEPH(Traits.PLAIN),
    /** MinIO: CRC-32C for single parts only. */
    MINIO(new Traits(false, true, false, true, Optional.empty())),
    /** Wasabi. */
    WASABI(Traits.PLAIN),
    /** OVHcloud Object Storage. */
    OVH(Traits.PLAIN);

    private static final Pattern REGION = Pattern.compile("s3\\.([a-z0-9-]+)\\.[a-z0-9.-]+\\.[a-z]+");

    private final Traits traits;

    S3Kind(Traits traits) {
        this.traits = traits;
    }

    @Immutable
    private record Traits(
            boolean checksums,
            boolean conditionalWrites,
            boolean equalParts,
            boolean pathStyle,
            Optional<String> region) {
        static final Traits COMPLETE = new Traits(true, true, false, false, Optional.empty());
        static final Traits PLAIN = new Traits(false, false, false, true, Optional.empty());
    }

    /** Returns whether the store compares parts and objects with S3's CRC-32C headers. */
    public boolean checksums() {
        return traits.checksums();
    }

    /** Returns whether the store obeys {@code If-Match} and {@code If-None-Match} when it writes. */
    public boolean conditionalWrites() {
        return traits.conditionalWrites();
    }

    /** Returns whether all parts of an upload but the last must have the same size. */
    public boolean equalParts() {
        return traits.equalParts();
    }

    /** Returns whether URLs hold the bucket in the path rather than in the host name. */
    public boolean pathStyle() {
        return traits.pathStyle();
    }

    /**
     * Returns the region that requests are signed with: a fixed one, or the one in an endpoint such as {@code
     * https://s3.us-west-004.backblazeb2.com}. Empty for {@link #AWS}, and where neither is known.
     */
    public Optional<String> region(Optional<URI> endpoint) {
        return traits.region().or(() -> this == AWS ? Optional.empty() : endpoint.flatMap(S3Kind::regionIn));
    }

    private static Optional<String> regionIn(URI endpoint) {
        Matcher host = REGION.matcher(String.valueOf(endpoint.getHost()));
        return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
    }
}
