package io.autodump.testkit.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The response to a call.
 *
 * @param status the HTTP status
 * @param error the name of the error; empty for a result
 * @param text the JSON object or the inner XML of a result; the message of an error
 */
record FakeAnswer(int status, String error, String text) {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    static FakeAnswer of(ObjectNode result) {
        return new FakeAnswer(OK, "", result.toString());
    }

    static FakeAnswer ofXml(String result) {
        return new FakeAnswer(OK, "", result);
    }

    static FakeAnswer error(String name, String message) {
        return new FakeAnswer(BAD_REQUEST, name, message);
    }

    static FakeAnswer internalError() {
        return new FakeAnswer(INTERNAL_ERROR, "InternalServerError", "the response was lost");
    }

    String body(FakeRequest request) {
        if (request.json()) {
            return error.isEmpty() ? text : json();
        }
        return error.isEmpty()
                ? "<" + request.action() + "Response><" + request.action() + "Result>" + text + "</" + request.action()
                        + "Result></" + request.action() + "Response>"
                : "<ErrorResponse><Error><Type>Sender</Type><Code>" + error + "</Code><Message>" + text
                        + "</Message></Error></ErrorResponse>";
    }

    private String json() {
        return FakeRequest.MAPPER
                .createObjectNode()
                .put("__type", error)
                .put("message", text)
                .toString();
    }
}
