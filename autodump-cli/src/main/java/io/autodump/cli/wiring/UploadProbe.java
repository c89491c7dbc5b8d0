package io.autodump.cli.wiring;

import io.autodump.aws.s3.S3UploadProbe;
import io.autodump.aws.s3.S3UploadProbe.Need;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Completes a small upload under the conditions of a dump, and names the setting that a store needs for it. */
final class UploadProbe implements Probe {
    private static final String SUBJECT = "store";
    private static final String CHECK = "upload";
    private static final String UNDER_AWS = " under aws: in autodump.yaml";

    private final StoreLocation.Remote bucket;
    private final S3UploadProbe probe;
    private final boolean conditionalWrites;

    UploadProbe(StoreLocation.Remote bucket, S3UploadProbe probe, boolean conditionalWrites) {
        this.bucket = bucket;
        this.probe = probe;
        this.conditionalWrites = conditionalWrites;
    }

    @Override
    public List<Finding> findings() {
        S3UploadProbe.Result result = probe.run();
        List<Finding> findings = new ArrayList<>();
        result.failure().ifPresent(failure -> findings.add(Finding.failed(SUBJECT, CHECK, failure)));
        Set.copyOf(result.needs()).stream().sorted().map(UploadProbe::missing).forEach(findings::add);
        result.leftover()
                .ifPresent(key -> findings.add(Finding.warning(
                        SUBJECT,
                        CHECK,
                        "the test object " + key + " couldn't be removed from " + bucket,
                        "remove it, and allow s3:DeleteObject if AutoDump shall delete dumps")));
        if (findings.isEmpty()) {
            findings.add(Finding.ok(SUBJECT, CHECK, "an upload of two parts was completed, read back and removed"));
            findings.add(conditions());
        }
        return findings;
    }

    private Finding conditions() {
        return Finding.ok(
                SUBJECT,
                "conditions",
                conditionalWrites
                        ? "conditional writes are obeyed"
                        : "conditional writes aren't used: two attempts at the same run that end at the same moment"
                                + " could replace each other's file, so let one machine schedule each database");
    }

    private static Finding missing(Need need) {
        return switch (need) {
            case NO_CHECKSUMS -> failed("the store refuses S3's checksum headers", "set checksums: false");
            case EQUAL_PARTS ->
                failed("the store refuses parts of different sizes, at the end of an upload", "set equal-parts: true");
            case NO_CONDITIONAL_WRITES ->
                failed("the store refuses or ignores conditional writes", "set conditional-writes: false");
            case FEWER_PARTS ->
                failed("the store refuses the number of the last part", "set max-parts: 1000, or what its vendor says");
        };
    }

    private static Finding failed(String message, String setting) {
        return Finding.failed(
                SUBJECT,
                CHECK,
                ErrorCode.STORE_FAILED,
                message,
                setting + UNDER_AWS + ", or the store-kind that has it");
    }
}
