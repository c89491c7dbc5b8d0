package io.autodump.aws.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs requests to S3 as the SDK does, except the body of a part that carries its CRC-32C or its MD5: it is
 * {@code UNSIGNED-PAYLOAD} over plain HTTP too. The SDK leaves it unsigned only over HTTPS. Over plain HTTP it would
 * hash each part with SHA-256 and send it in signed chunks. The signature covers the checksum, which S3 compares with
 * the part. This doesn't detect an attacker who changes bytes on a plain connection. The SHA-256 in the manifest, whose
 * body is always signed, does: {@code verify} and {@code restore} refuse such a dump. Thread-safe.
 */
public final class PartAuthScheme implements AwsV4AuthScheme {
    private static final List<String> CHECKSUMS = List.of("x-amz-checksum-crc32c", "Content-MD5");
    private static final String PART = "partNumber";

    private final AwsV4AuthScheme standard = AwsV4AuthScheme.create();
    private final AwsV4HttpSigner signer = new PartSigner(standard.signer());

    @Override
    public String schemeId() {
        return standard.schemeId();
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return standard.identityProvider(providers);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return signer;
    }

    private static boolean isCheckedPart(SdkHttpRequest request) {
        return request.firstMatchingHeader(CHECKSUMS).isPresent()
                && request.firstMatchingRawQueryParameter(PART).isPresent();
    }

    private record PartSigner(AwsV4HttpSigner standard) implements AwsV4HttpSigner {
        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            return isCheckedPart(request.request()) ? signWithoutBody(request) : standard.sign(request);
        }

        private <T extends AwsCredentialsIdentity> SignedRequest signWithoutBody(SignRequest<T> request) {
            ContentStreamProvider body = request.payload().orElse(null);
            return standard.sign(request.copy(head -> head.payload(null))).copy(signed -> signed.payload(body));
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            return standard.signAsync(request);
        }
    }
}
