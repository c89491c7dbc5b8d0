package io.autodump.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * A service with the protocol AWS JSON 1.1. AutoDump calls so few of its actions that a client library isn't worth its
 * size. The SDK signs and sends. A call isn't tried again. Thread-safe.
 */
public final class JsonService {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String name;
    private final String target;
    private final URI endpoint;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    JsonService(Names names, URI endpoint, Region region, AwsCredentialsProvider credentials, SdkHttpClient http) {
        this.name = names.signing();
        this.target = names.target();
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
        this.http = http;
    }

    /**
     * The names of a service.
     *
     * @param signing the name that requests are signed for, such as {@code logs}
     * @param target the beginning of the header {@code X-Amz-Target}, such as {@code Logs_20140328}
     */
    record Names(String signing, String target) {}

    /** Returns the endpoint of the service in a region. */
    static URI endpoint(String name, Region region) {
        return URI.create("https://" + ServiceMetadata.of(name).endpointFor(region));
    }

    /**
     * Calls an action.
     *
     * @param action such as {@code GetLogEvents}
     * @param request a JSON object
     * @return the JSON object of the response
     * @throws SdkException if there are no credentials, or the service doesn't answer, or refuses
     */
    public String call(String action, String request) {
        try {
            SignedRequest signed = sign(action, request);
            HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElse(null))
                            .build())
                    .call();
            String body = body(response);
            if (!response.httpResponse().isSuccessful()) {
                throw refusal(response.httpResponse().statusCode(), body);
            }
            return body;
        } catch (IOException unanswered) {
            throw SdkClientException.create("Unable to execute HTTP request: " + unanswered.getMessage(), unanswered);
        }
    }

    private SignedRequest sign(String action, String request) {
        AwsCredentials identity = credentials.resolveCredentials();
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", target + "." + action)
                .build();
        return signer.sign(call -> call.identity(identity)
                .request(unsigned)
                .payload(ContentStreamProvider.fromUtf8String(request))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, name)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
    }

    private static String body(HttpExecuteResponse response) throws IOException {
        try (InputStream body = response.responseBody().orElseGet(JsonService::empty)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static AbortableInputStream empty() {
        return AbortableInputStream.create(InputStream.nullInputStream());
    }

    private AwsServiceException refusal(int status, String body) {
        JsonNode error = json(body);
        String type = error.path("__type").asText("Unknown");
        String message = error.path("message").asText(error.path("Message").asText("HTTP status " + status));
        return AwsServiceException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(name)
                        .errorCode(type.substring(type.indexOf('#') + 1))
                        .errorMessage(message)
                        .build())
                .build();
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MAPPER.createObjectNode();
        }
    }
}
