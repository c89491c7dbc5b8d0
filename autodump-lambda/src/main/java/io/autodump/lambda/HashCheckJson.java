package io.autodump.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.job.FargateJob;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.RunDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The request {@code {"SecretArn", "TagsHash"}} and the response {@code {"hash", "secretArn", "execute", "reason"}}, as
 * in the original system. The response also has {@code job}, the size of the job, if the run is to be executed.
 */
final class HashCheckJson {
    private static final String SUBJECT = "the hash check's event";
    private static final String HINT = "it holds SecretArn and TagsHash; docs/lambda.md has an example";

    private HashCheckJson() {}

    /** The request. */
    record Request(SecretId secretId, TagsHash hash) {}

    static Request parse(String text) {
        ObjectNode node = Message.parse(SUBJECT, text, HINT);
        List<Problem> problems = new ArrayList<>();
        Optional<SecretId> id = read(node, "SecretArn", SecretId::of, problems);
        Optional<TagsHash> hash = read(node, "TagsHash", TagsHash::new, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(ErrorCode.INVALID_DOCUMENT, SUBJECT, problems, HINT);
        }
        return new Request(id.orElseThrow(), hash.orElseThrow());
    }

    /**
     * Writes the response.
     *
     * @param size the job, unless the secret's tags override it
     */
    static String write(RunDecision decision, FargateJob size) {
        RunDecision.RunSecret secret = decision.secret();
        boolean execute = decision instanceof RunDecision.Make;
        ObjectNode node = Message.MAPPER.createObjectNode();
        node.put("hash", secret.currentHash().map(TagsHash::value).orElse(null))
                .put("secretArn", secret.id().value())
                .put("execute", execute)
                .put("reason", decision.reason());
        if (execute) {
            FargateJob job = secret.tags()
                    .map(tags -> size.forTags(tags.jobLimits(), tags.settings()))
                    .orElse(size);
            // AWS Batch expects both requirements as strings, and the timeout as a number.
            node.putObject("job")
                    .put("vcpu", job.size().vcpu())
                    .put("memory", String.valueOf(job.size().memoryMib()))
                    .put("timeoutSeconds", job.timeout().toSeconds());
        }
        return node.toString();
    }

    private static <T> Optional<T> read(
            ObjectNode node, String name, Function<String, T> reader, List<Problem> problems) {
        try {
            Optional<T> value = Message.text(node, name).map(reader);
            if (value.isEmpty()) {
                problems.add(new Problem(name, "must be a JSON string"));
            }
            return value;
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(name, String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }
}
