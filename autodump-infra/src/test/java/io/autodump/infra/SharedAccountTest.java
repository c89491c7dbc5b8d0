package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;

/** Several deployments in an account, and buckets elsewhere. */
class SharedAccountTest {
    private static final String DEPLOYMENT = "secretsmanager:ResourceTag~1autodump:deployment";
    private static final JsonNode NAMED = named();

    @Test
    void theJobOfADeploymentReadsItsOwnSecretsOnly() {
        assertThat(statement("ReadTaggedSecrets")
                        .at("/Condition/StringEquals/" + DEPLOYMENT)
                        .asText())
                .isEqualTo("blue");
        ObjectNode unnamed = Synthesized.STANDARD.statements("JobRole").stream()
                .filter(statement -> statement.path("Sid").asText().equals("ReadTaggedSecrets"))
                .findFirst()
                .orElseThrow();
        assertThat(unnamed.at("/Condition/Null/" + DEPLOYMENT).asText()).isEqualTo("true");
    }

    @Test
    void theFunctionsKnowTheirDeployment() {
        assertThat(NAMED.findValues("AUTODUMP_DEPLOYMENT"))
                .extracting(JsonNode::asText)
                .containsOnly("blue")
                .hasSize(6);
    }

    @Test
    void jobAndFreshnessCheckKnowTheRegionOfTheBuckets() {
        assertThat(NAMED.findValues("AUTODUMP_BUCKET_REGION")).hasSize(3);
        assertThat(NAMED.toString()).contains("{\"Name\":\"AUTODUMP_BUCKET_REGION\",\"Value\":\"eu-west-1\"}");
    }

    @Test
    void theKeyOfTheDumpsIsUsedThroughS3InTheRegionOfTheBuckets() {
        assertThat(statement("EncryptDumpsThroughS3").at("/Condition").toString())
                .contains("s3.eu-west-1.");
    }

    @Test
    void metricsOfSingleSecretsCanBeSwitchedOff() {
        assertThat(NAMED.findValues("AUTODUMP_SECRET_METRICS")).hasSize(1);
        assertThat(NAMED.toString()).contains("{\"Name\":\"AUTODUMP_SECRET_METRICS\",\"Value\":\"false\"}");
        assertThat(Synthesized.STANDARD.json().toString()).doesNotContain("AUTODUMP_SECRET_METRICS");
    }

    @Test
    void theJobDescribesServersAndChangesNoneOfThem() {
        List<String> actions = Synthesized.STANDARD.statements("JobRole").stream()
                .map(statement -> statement.path("Action"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(action -> action.startsWith("rds:"))
                .toList();

        assertThat(actions).containsExactly("rds:DescribeDBInstances", "rds:DescribeDBClusters");
    }

    private static JsonNode statement(String sid) {
        return NAMED.findParents("Sid").stream()
                .filter(statement -> statement.path("Sid").asText().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode named() {
        Stack stack = new Stack();
        new AutoDump(
                stack,
                "AutoDump",
                Synthesized.needed(stack)
                        .addBuckets(Bucket.fromBucketName(stack, "Vault", "vault-dumps"))
                        .bucketRegion("eu-west-1")
                        .encryptionKey(Key.fromKeyArn(
                                stack,
                                "VaultKey",
                                "arn:aws:kms:eu-west-1:210987654321:key/12345678-1234-1234-1234-123456789012"))
                        .deployment("blue")
                        .secretMetrics(false)
                        .build());
        return new ObjectMapper().valueToTree(Template.fromStack(stack).toJSON());
    }
}
