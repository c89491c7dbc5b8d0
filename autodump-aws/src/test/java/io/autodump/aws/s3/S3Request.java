package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Call;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request, and which of S3's calls it is. */
record S3Request(HttpMessage message) {
    private static final Pattern PART = Pattern.compile("[?&]partNumber=(\\d+)");

    String method() {
        return message.head().substring(0, message.head().indexOf(' '));
    }

    /** Path and query, as they were sent. */
    String target() {
        return message.head().split(" ", 3)[1];
    }

    int part() {
        Matcher matcher = PART.matcher(target());
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    boolean isForManifest() {
        return target().split("\\?", 2)[0].endsWith(".manifest.json");
    }

    Optional<String> header(String name) {
        return message.header(name);
    }

    private boolean isForMany() {
        return target().endsWith("?delete") || target().contains("?delete&") || target().contains("?delete=");
    }

    private S3Call look() {
        if (target().contains("list-type=2")) {
            return S3Call.LIST;
        }
        return target().contains("uploads") ? S3Call.LIST_UPLOADS : S3Call.GET;
    }

    S3Call call() {
        boolean upload = target().contains("uploadId=");
        return switch (method()) {
            case "POST" -> isForMany() ? S3Call.DELETE_MANY : upload ? S3Call.COMPLETE_UPLOAD : S3Call.CREATE_UPLOAD;
            case "PUT" -> upload ? S3Call.UPLOAD_PART : S3Call.PUT;
            case "DELETE" -> upload ? S3Call.ABORT_UPLOAD : S3Call.DELETE;
            case "HEAD" -> S3Call.HEAD;
            default -> upload ? S3Call.LIST_PARTS : look();
        };
    }
}
