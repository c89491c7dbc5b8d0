package io.autodump.aws.rds;

import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.database.Password;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;

/**
 * Makes tokens for RDS IAM authentication: a signed URL without its scheme, valid for 15 minutes (RDS user guide, "IAM
 * database authentication"). Makes no call and doesn't need the SDK's client of RDS. The credentials need the
 * permission {@code rds-db:connect}; without it, the database refuses the token. Thread-safe.
 */
public final class RdsIamTokens implements DatabaseTokens {
    private static final Duration VALIDITY = Duration.ofMinutes(15);
    private static final Pattern RDS_HOST = Pattern.compile(".+\\.([a-z0-9-]+)\\.rds\\.amazonaws\\.com(\\.cn)?");

    private final AwsCredentialsProvider credentials;
    private final Region region;
    private final Clock clock;

    /**
     * Makes tokens with these credentials.
     *
     * @param region applies to hosts whose name doesn't contain a region
     */
    public RdsIamTokens(AwsCredentialsProvider credentials, Region region) {
        this(credentials, region, Clock.systemUTC());
    }

    RdsIamTokens(AwsCredentialsProvider credentials, Region region, Clock clock) {
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public Password token(String host, int port, String username) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .port(port)
                .encodedPath("/")
                .putRawQueryParameter("DBUser", username)
                .putRawQueryParameter("Action", "connect")
                .build();
        AwsCredentials identity = credentials(host);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity)
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, regionOf(host))
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, VALIDITY)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request();
        return Password.of(signed.getUri().toString().substring("https://".length()));
    }

    private AwsCredentials credentials(String host) {
        try {
            return credentials.resolveCredentials();
        } catch (SdkException none) {
            throw new AwsFailure(ErrorCode.CATALOG_FAILED, "rds-db:connect", host, "no token was made").of(none);
        }
    }

    /** A database may be in another region than this process. The region is part of its host name. */
    private String regionOf(String host) {
        Matcher matcher = RDS_HOST.matcher(host);
        return matcher.matches() ? matcher.group(1) : region.id();
    }
}
