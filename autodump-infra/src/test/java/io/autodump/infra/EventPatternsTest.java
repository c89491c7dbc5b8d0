package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.contract.EventNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Machine;

/** The patterns of the rules, in the library with which EventBridge itself matches events. */
class EventPatternsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEDULED = "{\"key\": \"autodump:start-schedule\", \"value\": \"30 2 - - -\"}";
    private static final String OTHER = "{\"key\": \"team\", \"value\": \"payments\"}";

    @ParameterizedTest
    @ValueSource(strings = {"TagResource", "CreateSecret"})
    void aTagOfAutoDumpsStartsAScan(String call) throws Exception {
        assertThat(rulesFor(call, "{\"secretId\": \"orders\", \"tags\": [" + SCHEDULED + "]}"))
                .containsExactly("TagsChanged");
        assertThat(rulesFor(call, "{\"secretId\": \"orders\", \"tags\": [" + OTHER + ", " + SCHEDULED + "]}"))
                .containsExactly("TagsChanged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TagResource", "CreateSecret"})
    void otherTagsStartNone(String call) throws Exception {
        assertThat(rulesFor(call, "{\"secretId\": \"orders\", \"tags\": [" + OTHER + "]}"))
                .isEmpty();
        assertThat(rulesFor(call, "{\"name\": \"orders\"}")).isEmpty();
    }

    @Test
    void theRemovalOfATagStartsAScan() throws Exception {
        assertThat(rulesFor(
                        "UntagResource", "{\"secretId\": \"orders\", \"tagKeys\": [\"team\", \"autodump:jitter\"]}"))
                .containsExactly("TagsChanged");
        assertThat(rulesFor("UntagResource", "{\"secretId\": \"orders\", \"tagKeys\": [\"team\"]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UpdateSecret", "RestoreSecret", "DeleteSecret"})
    void aSecretThatChangesStartsAScan(String call) throws Exception {
        assertThat(rulesFor(call, "{\"secretId\": \"orders\"}")).containsExactly("SecretChanged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetSecretValue", "DescribeSecret", "PutSecretValue", "RotateSecret"})
    void whatIsCalledAllTheTimeStartsNone(String call) throws Exception {
        assertThat(rulesFor(call, "{\"secretId\": \"orders\"}")).isEmpty();
    }

    @Test
    void aRefusedCallStartsNone() throws Exception {
        ObjectNode event = cloudTrail("DeleteSecret", "{\"secretId\": \"orders\"}");
        event.withObject("/detail").put("errorCode", "AccessDenied");

        assertThat(machine().rulesForJSONEvent(event.toString())).isEmpty();
    }

    @Test
    void everyOutcomeGoesToTheCentralBusAndNothingElseDoes() throws Exception {
        JsonNode rule = rules(Synthesized.EVERYTHING).stream()
                .filter(each ->
                        each.path("EventPattern").path("source").toString().contains(EventNames.SOURCE + "\""))
                .findFirst()
                .orElseThrow();
        Machine machine = Machine.builder().build();
        machine.addRule("central", rule.path("EventPattern").toString());

        assertThat(machine.rulesForJSONEvent(outcome("succeeded", "caller"))).hasSize(1);
        assertThat(machine.rulesForJSONEvent(outcome("failed", "aws"))).hasSize(1);
        assertThat(machine.rulesForJSONEvent(cloudTrail("DeleteSecret", "{}").toString()))
                .isEmpty();
        assertThat(rule.at("/Targets/0/Arn").asText()).isEqualTo("arn:aws:events:us-east-1:210987654321:event-bus/hub");
        assertThat(rule.at("/Targets/0/RoleArn").isMissingNode()).isFalse();
        assertThat(rule.at("/Targets/0/DeadLetterConfig/Arn").isMissingNode()).isFalse();
    }

    /** The example on the page about events. */
    @Test
    void theDocumentedRuleMatchesWhatItSays() throws Exception {
        Matcher example = Pattern.compile("^ {4}(\\{\"source\".*})$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "docs", "events.md")));
        assertThat(example.find()).isTrue();
        Machine machine = Machine.builder().build();
        machine.addRule("documented", example.group(1));

        assertThat(machine.rulesForJSONEvent(outcome("failed", "database"))).hasSize(1);
        assertThat(machine.rulesForJSONEvent(outcome("failed", "aws"))).isEmpty();
        assertThat(machine.rulesForJSONEvent(outcome("succeeded", "database"))).isEmpty();
    }

    private static List<String> rulesFor(String call, String parameters) throws Exception {
        return machine().rulesForJSONEvent(cloudTrail(call, parameters).toString());
    }

    private static Machine machine() throws IOException {
        Machine machine = Machine.builder().build();
        for (JsonNode rule : rules(Synthesized.STANDARD)) {
            String name =
                    rule.path("Description").asText().contains("tags were changed") ? "TagsChanged" : "SecretChanged";
            machine.addRule(name, rule.path("EventPattern").toString());
        }
        return machine;
    }

    private static List<JsonNode> rules(Synthesized stack) {
        return stack.resources("AWS::Events::Rule")
                .filter(rule -> rule.has("EventPattern"))
                .toList();
    }

    /** As CloudTrail describes a call, without the fields that no pattern names. */
    private static ObjectNode cloudTrail(String call, String parameters) throws IOException {
        return (ObjectNode) JSON.readTree("""
                {"version": "0", "source": "aws.secretsmanager", "detail-type": "AWS API Call via CloudTrail",
                 "account": "123456789012", "region": "eu-central-1",
                 "detail": {"eventVersion": "1.11", "eventSource": "secretsmanager.amazonaws.com", "eventName": "%s",
                            "awsRegion": "eu-central-1", "requestParameters": %s, "responseElements": null}}
                """.formatted(call, parameters));
    }

    private static String outcome(String type, String category) {
        return """
                {"source": "autodump", "detail-type": "AutoDump Dump %s", "account": "123456789012",
                 "detail": {"schemaVersion": 1, "type": "%s", "secretName": "orders", "category": "%s"}}
                """.formatted(
                        type.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + type.substring(1), type, category);
    }
}
