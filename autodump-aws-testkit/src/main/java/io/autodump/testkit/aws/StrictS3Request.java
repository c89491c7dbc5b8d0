package io.autodump.testkit.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request to {@link StrictS3}.
 *
 * @param path bucket and key, decoded, without the slash in front
 * @param headers the names in lower case
 */
@SuppressWarnings("ArrayRecordComponent")
record StrictS3Request(
        String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    private static final Pattern REGION = Pattern.compile("Credential=[^/]+/[^/]+/([^/]+)/s3/");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    static StrictS3Request of(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean chunks = headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
        return new StrictS3Request(
                exchange.getRequestMethod(),
                decoded(exchange.getRequestURI().getRawPath().substring(1)),
                query(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                        .orElse("")),
                headers,
                chunks ? withoutFrames(body) : body);
    }

    /** The SDK's signed chunks: a line with the size in hexadecimal digits, the bytes, an empty line; 0 is the last. */
    private static byte[] withoutFrames(byte[] framed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < framed.length) {
            int end = at;
            while (framed[end] != '\n') {
                end++;
            }
            String line = new String(framed, at, end - at, StandardCharsets.US_ASCII).strip();
            int size = Integer.parseInt(line.split(";", 2)[0], 16);
            if (size == 0) {
                break;
            }
            bytes.write(framed, end + 1, size);
            at = end + 1 + size + "\r\n".length();
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Method and object of the call, as the server distinguishes them. */
    String call() {
        if (query.containsKey("uploadId")) {
            return switch (method) {
                case "PUT" -> "PUT part";
                case "POST" -> "POST complete";
                case "DELETE" -> "DELETE upload";
                default -> "GET parts";
            };
        }
        if (query.containsKey("uploads")) {
            return method + " uploads";
        }
        return method + (query.containsKey("list-type") ? " list" : " object");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    String upload() {
        return query.getOrDefault("uploadId", "");
    }

    int part() {
        return Integer.parseInt(query.getOrDefault("partNumber", "0"));
    }

    long rangeStart() {
        Matcher range = RANGE.matcher(headers.getOrDefault("range", ""));
        return range.find() ? Long.parseLong(range.group(1)) : 0;
    }

    boolean isConditionalWrite() {
        return !method.equals("GET")
                && !method.equals("HEAD")
                && (headers.containsKey("if-match") || headers.containsKey("if-none-match"));
    }

    /** Refuses what the store doesn't know, whatever the call. */
    void obey(S3Rules rules) {
        if (!rules.checksums()) {
            headers.keySet().stream()
                    .filter(name -> name.startsWith("x-amz-checksum-")
                            || name.equals("x-amz-sdk-checksum-algorithm")
                            || name.equals("x-amz-trailer")
                            || name.equals("x-amz-mp-object-size"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new StrictS3Refusal(400, "InvalidArgument", "Unsupported header '" + name + "'");
                    });
            if (headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-")) {
                throw new StrictS3Refusal(403, "SignatureDoesNotMatch", "signed chunks aren't supported");
            }
        }
        if (isConditionalWrite() && rules.conditions() == S3Rules.Conditions.REFUSED) {
            throw new StrictS3Refusal(501, "NotImplemented", "conditional writes aren't supported");
        }
        requireRegion(rules);
        requireMd5();
    }

    private void requireRegion(S3Rules rules) {
        Matcher signed = REGION.matcher(headers.getOrDefault("authorization", ""));
        rules.region()
                .filter(region -> !signed.find() || !signed.group(1).equals(region))
                .ifPresent(region -> {
                    throw new StrictS3Refusal(
                            400, "AuthorizationHeaderMalformed", "the region is wrong; expecting " + region);
                });
    }

    private void requireMd5() {
        header("content-md5")
                .filter(sent -> !sent.equals(Base64.getEncoder().encodeToString(md5(body))))
                .ifPresent(sent -> {
                    throw new StrictS3Refusal(400, "BadDigest", "the body has another MD5");
                });
    }

    static byte[] md5(byte[] bytes) {
        return newMd5().digest(bytes);
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has MD5", impossible);
        }
    }
}
