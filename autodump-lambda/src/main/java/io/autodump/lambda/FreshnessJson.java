package io.autodump.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.usecase.status.FreshnessReport;
import io.autodump.core.usecase.status.SecretFreshness;
import io.autodump.core.usecase.status.SecretFreshness.Status;
import java.util.Locale;

/** The result of a check for overdue dumps, for programs and for people. */
final class FreshnessJson {
    private static final int SCHEMA_VERSION = 1;
    /** Lambda accepts a response of 6 MB (quotas, "Invocation payload"). A secret takes about 300 bytes. */
    private static final int MOST_SECRETS = 5_000;

    private FreshnessJson() {}

    /** Names every secret. Beyond 5,000, only those whose dump is overdue or unknown. */
    static String write(FreshnessReport report) {
        ObjectNode node = Message.MAPPER
                .createObjectNode()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("overdue", report.overdue().size());
        boolean all = report.secrets().size() <= MOST_SECRETS;
        var secrets = node.putArray("secrets");
        report.secrets().stream()
                .filter(secret -> all || isNoteworthy(secret))
                .limit(MOST_SECRETS)
                .forEach(secret -> secrets.add(node(secret)));
        return node.put("secretsNotShown", report.secrets().size() - secrets.size())
                .toString();
    }

    static ObjectNode node(SecretFreshness secret) {
        ObjectNode node = Message.MAPPER
                .createObjectNode()
                .put("secretArn", secret.secretId().value())
                .put("secretName", secret.secretName())
                .put("status", word(secret.status()));
        secret.database().ifPresent(database -> node.put("database", database));
        secret.due().ifPresent(due -> node.put("due", due.toString()));
        secret.newestDump().ifPresent(newest -> node.put("newestDump", newest.toString()));
        if (!secret.problems().isEmpty()) {
            var problems = node.putArray("problems");
            secret.problems().forEach(problem -> problems.add(problem.toString()));
        }
        return node;
    }

    /** Says why the check is incomplete. */
    static String summary(FreshnessReport report) {
        return ErrorCode.SCAN_INCOMPLETE.id() + " the check for overdue dumps is incomplete; "
                + report.overdue().size() + " of " + report.secrets().size() + " secrets are known to be overdue\n  "
                + String.join("\n  ", report.failures());
    }

    static boolean isNoteworthy(SecretFreshness secret) {
        return secret.status() == Status.OVERDUE || secret.status() == Status.UNKNOWN;
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
