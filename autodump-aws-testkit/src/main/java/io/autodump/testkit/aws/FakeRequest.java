package io.autodump.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call in either of the two protocols.
 *
 * @param json whether the protocol is JSON; otherwise it is a form that gets XML
 * @param fields the members of the JSON object or the form
 * @param text the body, for a search
 */
record FakeRequest(String action, boolean json, JsonNode fields, String text, String accessKey) {
    static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/]+)/");

    static FakeRequest read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Optional<String> target =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String accessKey =
                accessKey(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""));
        if (target.isPresent()) {
            String action = target.get().substring(target.get().indexOf('.') + 1);
            return new FakeRequest(action, true, MAPPER.readTree(body), body, accessKey);
        }
        JsonNode form = form(body);
        return new FakeRequest(form.path("Action").asText("Nothing"), false, form, form.toString(), accessKey);
    }

    String field(String name) {
        return fields.path(name).asText("");
    }

    String contentType() {
        return json ? "application/x-amz-json-1.1" : "text/xml";
    }

    private static JsonNode form(String body) {
        ObjectNode form = MAPPER.createObjectNode();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return form;
    }

    private static String accessKey(String authorization) {
        Matcher matcher = CREDENTIAL.matcher(authorization);
        return matcher.find() ? matcher.group(1) : "";
    }
}
