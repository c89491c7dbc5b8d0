package io.autodump.testkit.aws;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The objects and the unfinished uploads of a {@link StrictS3}. Thread-safe: one call at a time. */
final class StrictS3Objects {
    private static final int MIN_PART = 5 << 20;
    private static final String MODIFIED = "2026-11-22T08:00:00.000Z";

    private final S3Rules rules;
    private final StrictS3Bytes.Blocks blocks = new StrictS3Bytes.Blocks();
    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final TreeMap<String, Upload> uploads = new TreeMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private int reads;

    StrictS3Objects(S3Rules rules) {
        this.rules = rules;
    }

    /** An object; the metadata are headers. */
    record Stored(StrictS3Bytes bytes, String eTag, Map<String, String> metadata) {}

    private record Upload(String path, Map<String, String> metadata, TreeMap<Integer, StrictS3Bytes> parts) {}

    synchronized List<String> keys(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    synchronized int openUploads() {
        return uploads.size();
    }

    synchronized int reads() {
        return reads;
    }

    synchronized String begin(StrictS3Request request) {
        String id = String.format("u%06d", ids.incrementAndGet());
        uploads.put(id, new Upload(request.path(), metadata(request), new TreeMap<>()));
        return "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>";
    }

    private static Map<String, String> metadata(StrictS3Request request) {
        return request.headers().entrySet().stream()
                .filter(header -> header.getKey().startsWith("x-amz-meta-")
                        || header.getKey().equals("content-type"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    String part(StrictS3Request request) {
        StrictS3Bytes bytes = blocks.of(request.body());
        return part(request, bytes);
    }

    private synchronized String part(StrictS3Request request, StrictS3Bytes bytes) {
        if (request.part() > rules.maxParts()) {
            throw new StrictS3Refusal(
                    400, "InvalidArgument", "Part number must be an integer between 1 and " + rules.maxParts());
        }
        upload(request).parts().put(request.part(), bytes);
        return eTag(bytes);
    }

    private Upload upload(StrictS3Request request) {
        return Optional.ofNullable(uploads.get(request.upload()))
                .orElseThrow(() -> new StrictS3Refusal(404, "NoSuchUpload", "there is no such upload"));
    }

    synchronized String complete(StrictS3Request request) {
        Upload upload = upload(request);
        requireCondition(request);
        List<StrictS3Bytes> parts = List.copyOf(upload.parts().values());
        requireSizes(parts);
        StrictS3Bytes whole = StrictS3Bytes.joined(parts);
        String eTag = eTag(whole) + "-" + parts.size();
        objects.put(upload.path(), new Stored(whole, eTag, upload.metadata()));
        uploads.remove(request.upload());
        return "<CompleteMultipartUploadResult><ETag>" + eTag + "</ETag></CompleteMultipartUploadResult>";
    }

    private void requireSizes(List<StrictS3Bytes> parts) {
        for (StrictS3Bytes part : parts.subList(0, Math.max(0, parts.size() - 1))) {
            if (part.size() < MIN_PART) {
                throw new StrictS3Refusal(400, "EntityTooSmall", "a part is smaller than 5 MiB");
            }
            boolean lastIsLarger =
                    parts.get(parts.size() - 1).size() > parts.get(0).size();
            if (rules.equalParts() && (part.size() != parts.get(0).size() || lastIsLarger)) {
                throw new StrictS3Refusal(400, "InvalidPart", "All non-trailing parts must have the same length.");
            }
        }
    }

    private void requireCondition(StrictS3Request request) {
        if (rules.conditions() != S3Rules.Conditions.OBEYED) {
            return;
        }
        Optional<Stored> there = Optional.ofNullable(objects.get(request.path()));
        boolean failed = (request.header("if-none-match").isPresent() && there.isPresent())
                || request.header("if-match")
                        .filter(wanted -> there.stream()
                                .noneMatch(object -> wanted.replace("\"", "").equals(object.eTag())))
                        .isPresent();
        if (failed) {
            throw new StrictS3Refusal(412, "PreconditionFailed", "the condition isn't met");
        }
    }

    synchronized void abort(StrictS3Request request) {
        upload(request);
        uploads.remove(request.upload());
    }

    synchronized String parts(StrictS3Request request) {
        return "<ListPartsResult>"
                + upload(request).parts().keySet().stream()
                        .map(number -> "<Part><PartNumber>" + number + "</PartNumber></Part>")
                        .collect(Collectors.joining())
                + "</ListPartsResult>";
    }

    synchronized String uploads(StrictS3Request request) {
        String wanted = wanted(request);
        return "<ListMultipartUploadsResult>"
                + uploads.entrySet().stream()
                        .filter(upload -> upload.getValue().path().startsWith(wanted))
                        .map(upload -> "<Upload><Key>" + key(upload.getValue().path()) + "</Key><UploadId>"
                                + upload.getKey() + "</UploadId><Initiated>" + MODIFIED + "</Initiated></Upload>")
                        .collect(Collectors.joining())
                + "</ListMultipartUploadsResult>";
    }

    synchronized String list(StrictS3Request request) {
        String prefix = request.query().getOrDefault("prefix", "");
        String after = request.query().getOrDefault("start-after", "");
        String delimiter = request.query().getOrDefault("delimiter", "");
        TreeSet<String> folders = new TreeSet<>();
        List<String> contents = new ArrayList<>();
        for (Map.Entry<String, Stored> object : objects.entrySet()) {
            if (!object.getKey().startsWith(wanted(request))) {
                continue;
            }
            String key = key(object.getKey());
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            if (end >= 0) {
                folders.add("<CommonPrefixes><Prefix>" + key.substring(0, end + 1) + "</Prefix></CommonPrefixes>");
            } else if (key.compareTo(after) > 0) {
                contents.add("<Contents><Key>" + key + "</Key><LastModified>" + MODIFIED + "</LastModified><Size>"
                        + object.getValue().bytes().size() + "</Size></Contents>");
            }
        }
        return "<ListBucketResult><IsTruncated>false</IsTruncated>" + String.join("", contents)
                + String.join("", folders) + "</ListBucketResult>";
    }

    private static String wanted(StrictS3Request request) {
        String bucket = request.path().replaceAll("/$", "");
        return bucket + "/" + request.query().getOrDefault("prefix", "");
    }

    private static String key(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    synchronized String put(StrictS3Request request) {
        requireCondition(request);
        StrictS3Bytes bytes = blocks.of(request.body());
        Stored object = new Stored(bytes, eTag(bytes), metadata(request));
        objects.put(request.path(), object);
        return object.eTag();
    }

    synchronized void delete(StrictS3Request request) {
        objects.remove(request.path());
    }

    synchronized Stored head(StrictS3Request request) {
        return Optional.ofNullable(objects.get(request.path()))
                .orElseThrow(() -> new StrictS3Refusal(404, "NoSuchKey", "there is no such object"));
    }

    synchronized Stored get(StrictS3Request request) {
        Stored object = head(request);
        reads++;
        if (request.header("if-match")
                .filter(wanted -> !wanted.replace("\"", "").equals(object.eTag()))
                .isPresent()) {
            throw new StrictS3Refusal(412, "PreconditionFailed", "the object was replaced");
        }
        return object;
    }

    private String eTag(StrictS3Bytes bytes) {
        String md5 = HexFormat.of().formatHex(bytes.md5());
        return rules.md5Tags() ? md5 : Integer.toHexString(md5.hashCode()) + "opaque";
    }
}
