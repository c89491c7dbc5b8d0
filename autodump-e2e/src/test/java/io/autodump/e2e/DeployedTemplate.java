package io.autodump.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code cdk deploy} would deploy, from a template that was synthesized once; references are resolved by type. */
final class DeployedTemplate {
    /** The bucket of the deployment. */
    static final String BUCKET = "the-bucket";

    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "us-east-1";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final DeployedTemplate INSTANCE = new DeployedTemplate(json(SynthesizedTemplate.text()));

    private final JsonNode resources;

    private DeployedTemplate(JsonNode template) {
        resources = template.path("Resources");
    }

    static DeployedTemplate get() {
        return INSTANCE;
    }

    /** The definition of the state machine of dumps, with all that CloudFormation puts into it. */
    JsonNode stateMachine() {
        return stateMachine("AutoDumpRuns");
    }

    /**
     * The definition of a state machine.
     *
     * @param part the beginning of its logical id
     */
    JsonNode stateMachine(String part) {
        JsonNode properties = only("AWS::StepFunctions::StateMachine", part).path("Properties");
        String text = resolve(properties.path("DefinitionString"));
        for (Map.Entry<String, JsonNode> value :
                properties.path("DefinitionSubstitutions").properties()) {
            text = text.replace("${" + value.getKey() + "}", resolve(value.getValue()));
        }
        return json(text);
    }

    /** The ARN by which the state machine reaches the function of a handler: of the alias that leads to it. */
    String functionArn(String handler) {
        return resources.properties().stream()
                .filter(resource -> type(resource.getValue()).equals("AWS::Lambda::Alias"))
                .filter(alias -> handler.equals(handlerOf(alias.getValue()
                        .path("Properties")
                        .path("FunctionName")
                        .path("Ref")
                        .asText())))
                .map(alias -> arn(alias.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no alias of a function with the handler " + handler));
    }

    /** The environment that a job definition gives the container. */
    Map<String, String> containerEnvironment(String part) {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container(part).path("Environment")) {
            environment.put(variable.path("Name").textValue(), resolve(variable.path("Value")));
        }
        return environment;
    }

    /** The arguments that a job definition gives the container. */
    List<String> containerArguments(String part) {
        List<String> arguments = new ArrayList<>();
        container(part).path("Command").forEach(argument -> arguments.add(argument.textValue()));
        return arguments;
    }

    private JsonNode container(String part) {
        return only("AWS::Batch::JobDefinition", part).path("Properties").path("ContainerProperties");
    }

    private String handlerOf(String function) {
        return resources.path(function).path("Properties").path("Handler").asText();
    }

    private JsonNode only(String type, String part) {
        List<JsonNode> found = resources.properties().stream()
                .filter(resource -> resource.getKey().startsWith(part))
                .map(Map.Entry::getValue)
                .filter(resource -> type(resource).equals(type))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + type + " in the template begin with " + part);
        }
        return found.get(0);
    }

    private String resolve(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.has("Ref")) {
            return reference(value.path("Ref").textValue());
        }
        if (value.has("Fn::GetAtt")) {
            return arn(value.path("Fn::GetAtt").path(0).textValue());
        }
        if (value.has("Fn::Join")) {
            StringBuilder joined = new StringBuilder();
            for (JsonNode part : value.path("Fn::Join").path(1)) {
                joined.append(
                                joined.isEmpty()
                                        ? ""
                                        : value.path("Fn::Join").path(0).textValue())
                        .append(resolve(part));
            }
            return joined.toString();
        }
        throw new AssertionError("can't resolve " + value);
    }

    private String reference(String name) {
        return switch (name) {
            case "AWS::Partition" -> "aws";
            case "AWS::Region" -> REGION;
            case "AWS::AccountId" -> ACCOUNT;
            default -> type(resources.path(name)).equals("AWS::S3::Bucket") ? BUCKET : arn(name);
        };
    }

    /** Of a form that the dumper takes; the names are those of the template. */
    private String arn(String name) {
        String type = type(resources.path(name));
        String[] parts = type.split("::", -1);
        if (parts.length != 3) {
            throw new AssertionError("the template refers to " + name + ", which isn't in it");
        }
        String resource = parts[2].equals("Key") ? "key/" + name : name;
        return String.join(":", "arn:aws", parts[1].toLowerCase(java.util.Locale.ROOT), REGION, ACCOUNT, resource);
    }

    private static String type(JsonNode resource) {
        return resource.path("Type").asText();
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}
