package io.autodump.lambda;

import com.google.common.base.Splitter;
import io.autodump.aws.stepfunctions.StartRate;
import io.autodump.core.contract.DeploymentName;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.job.FargateJob;
import io.autodump.core.job.FargateSize;
import io.autodump.core.plan.Deployment;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment variables. Each is read when it is needed, because a function has only those that it uses. */
record Settings(Map<String, String> environment) {
    String stateMachineArn() {
        return text(LambdaNames.STATE_MACHINE_ARN)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SCHEDULER_FAILED,
                        "neither the event nor the environment names a state machine; nothing was scheduled",
                        "set the environment variable " + LambdaNames.STATE_MACHINE_ARN));
    }

    /** Returns the state machine that makes restore drills; empty if this function starts none. */
    Optional<String> drillStateMachineArn() {
        return text(LambdaNames.DRILL_STATE_MACHINE_ARN);
    }

    /** Returns the buckets; at least one. */
    List<String> buckets() {
        List<String> buckets = Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .splitToList(text(LambdaNames.BUCKETS).orElse(""));
        if (buckets.isEmpty()) {
            throw wrong(LambdaNames.BUCKETS, "names no bucket, so no dump is known");
        }
        return buckets;
    }

    Optional<String> bucketOwner() {
        return text(LambdaNames.BUCKET_OWNER);
    }

    Optional<String> kmsKey() {
        return text(LambdaNames.KMS_KEY_ARN);
    }

    /** Returns the key of the page. */
    String reportKey() {
        return text(LambdaNames.REPORT_KEY)
                .orElseThrow(() -> wrong(LambdaNames.REPORT_KEY, "isn't set, so there is no place for the page"));
    }

    /** Returns how late a dump may be; not negative. */
    Duration freshnessMargin() {
        return duration(LambdaNames.FRESHNESS_MARGIN, "PT2H");
    }

    /** Returns the time between two scans of all secrets; not negative. */
    Duration scanInterval() {
        return duration(LambdaNames.SCAN_INTERVAL, "PT15M");
    }

    private Duration duration(String name, String otherwise) {
        String text = text(name).orElse(otherwise);
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException unreadable) {
            // Reported below, as for a negative duration.
        }
        throw wrong(name, "isn't an ISO-8601 duration such as " + otherwise + ": \"" + text + "\"");
    }

    /** Returns the region of the buckets; empty for that of the function. */
    Optional<String> bucketRegion() {
        return text(LambdaNames.BUCKET_REGION);
    }

    /** Returns whether each secret has metrics of its own. */
    boolean secretMetrics() {
        return !text(LambdaNames.SECRET_METRICS).equals(Optional.of("false"));
    }

    /** Returns whose databases are scheduled and checked. */
    Deployment deployment() {
        try {
            return new Deployment(text(LambdaNames.DEPLOYMENT).map(DeploymentName::parse));
        } catch (IllegalArgumentException wrong) {
            throw wrong(LambdaNames.DEPLOYMENT, String.valueOf(wrong.getMessage()));
        }
    }

    Optional<String> targetRole() {
        return text(LambdaNames.TARGET_ROLE_ARN);
    }

    Optional<String> sourceRole() {
        return text(LambdaNames.SOURCE_ROLE_ARN);
    }

    /** Returns the rate of starts; empty for the default of the region. */
    Optional<StartRate> rate() {
        return number(LambdaNames.STARTS_PER_SECOND)
                .map(rate ->
                        StartRate.of(rate, number(LambdaNames.STARTS_AT_ONCE).orElse(rate)));
    }

    /**
     * Returns the job that applies unless a secret's tags override it. A size that Fargate lacks becomes the
     * next larger.
     */
    FargateJob jobSize() {
        FargateJob size = FargateJob.DEFAULT;
        String vcpu = text(LambdaNames.JOB_VCPU).orElse(size.size().vcpu());
        int memory = number(LambdaNames.JOB_MEMORY).orElse(size.size().memoryMib());
        Duration timeout = number(LambdaNames.JOB_TIMEOUT)
                .map(seconds -> Duration.ofSeconds(seconds))
                .orElse(size.timeout());
        try {
            return new FargateJob(FargateSize.atLeast(vcpu, memory), timeout);
        } catch (IllegalArgumentException impossible) {
            throw wrong(
                    String.join(", ", LambdaNames.JOB_VCPU, LambdaNames.JOB_MEMORY, LambdaNames.JOB_TIMEOUT),
                    "can't be used: " + impossible.getMessage());
        }
    }

    private Optional<Integer> number(String name) {
        return text(name).map(text -> {
            if (text.matches("[1-9]\\d{0,6}")) {
                return Integer.valueOf(text);
            }
            throw wrong(name, "isn't a number from 1 to 9999999: \"" + text + "\"");
        });
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static AutoDumpException wrong(String name, String why) {
        return new AutoDumpException(
                ErrorCode.INVALID_CONFIGURATION,
                "the environment variable " + name + " " + why + "; nothing was done",
                "correct it, or remove it to get the default; docs/lambda.md lists the defaults");
    }
}
