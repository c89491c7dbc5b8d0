package io.autodump.lambda.drain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The answer to a request of CloudFormation about a custom resource: a document for the URL that the request names. */
final class StackAnswer {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LONGEST_REASON = 1000;
    private static final int ATTEMPTS = 3;
    private static final int LEAST_ERROR = 400;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final ObjectNode document;

    private StackAnswer(URI url, ObjectNode document) {
        this.url = url;
        this.document = document;
    }

    /**
     * Nothing is sent yet.
     *
     * @param physicalId the id of the resource; if it changes, CloudFormation deletes the resource with the old one
     */
    static StackAnswer to(JsonNode request, String physicalId) {
        ObjectNode document = MAPPER.createObjectNode().put("PhysicalResourceId", physicalId);
        for (String name : new String[] {"StackId", "RequestId", "LogicalResourceId"}) {
            document.put(name, request.path(name).asText());
        }
        return new StackAnswer(URI.create(request.path("ResponseURL").asText()), document);
    }

    void succeeded() throws IOException {
        send(document.put("Status", "SUCCESS"));
    }

    void failed(String reason) throws IOException {
        send(document.put("Status", "FAILED")
                .put("Reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));
    }

    /** Without this answer, CloudFormation waits until its own limit. */
    private void send(ObjectNode answer) throws IOException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        // The URL is signed for an empty content type.
        HttpRequest put = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .PUT(BodyPublishers.ofString(answer.toString()))
                .build();
        IOException last = new IOException("not tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                int status = client.send(put, BodyHandlers.discarding()).statusCode();
                if (status < LEAST_ERROR) {
                    return;
                }
                last = new IOException("CloudFormation's answer was refused with " + status);
            } catch (IOException failed) {
                last = failed;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stopped);
            }
        }
        throw last;
    }
}
