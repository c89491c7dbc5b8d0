package io.autodump.infra.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/**
 * The CDK app. {@code cdk synth}, {@code cdk diff} and {@code cdk deploy} run it through {@code cdk.json}. Without them
 * it writes the template and its assets into {@code cdk.out}, and needs neither the {@code cdk} command nor an account.
 *
 * <p>Arguments: {@code --context NAME=VALUE}, any number of times; {@code --context-file FILE}, a JSON object; {@code
 * --output FOLDER}. They override the context of the {@code cdk} command.
 */
public final class AutoDumpApp {
    /** The default name of the stack. The setting {@code stackName} overrides it. */
    static final String STACK = "AutoDump";

    /** Makes findings of CloudFormation's validator, which the CDK contains, errors instead of warnings. */
    public static final String STRICT = "@aws-cdk/core:validateAgainstDefaultRules";

    private static final int USAGE = 2;
    private final Map<String, Object> context = new LinkedHashMap<>();
    private Optional<String> output = Optional.empty();

    private AutoDumpApp() {}

    /** Synthesizes the app. Exits with status 2 and a message if a setting or an argument is wrong. */
    public static void main(String[] arguments) {
        try {
            AutoDumpApp app = new AutoDumpApp();
            app.fromCdk(System.getenv());
            app.read(arguments);
            app.synthesize(System.getenv());
        } catch (IllegalArgumentException invalid) {
            System.err.println(invalid.getMessage());
            System.err.println(
                    "HINT: docs/deploy.md lists the settings; set them in cdk.json or with --context NAME=VALUE");
            System.exit(USAGE);
        }
    }

    private void read(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("the argument \"" + arguments[i] + "\" has no value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--context" -> setting(value);
                case "--context-file" -> file(Path.of(value));
                case "--output" -> output = Optional.of(value);
                default ->
                    throw new IllegalArgumentException("unknown argument \"" + arguments[i]
                            + "\"; expected --context, --context-file or --output");
            }
        }
    }

    private void setting(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--context \"" + text + "\"; expected NAME=VALUE");
        }
        context.put(text.substring(0, equals), text.substring(equals + 1));
    }

    private void file(Path file) {
        try {
            json(Files.readString(file), file.toString());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "--context-file \"" + file + "\" can't be read: " + unreadable, unreadable);
        }
    }

    private void fromCdk(Map<String, String> environment) {
        Optional.ofNullable(environment.get("CDK_CONTEXT_JSON"))
                .filter(text -> !text.isBlank())
                .ifPresent(text -> json(text, "CDK_CONTEXT_JSON"));
    }

    private void json(String text, String where) {
        try {
            JsonNode node = new ObjectMapper().readTree(text);
            if (!node.isObject()) {
                throw new IllegalArgumentException(where + " isn't a JSON object");
            }
            node.properties().forEach(each -> context.put(each.getKey(), value(each.getValue())));
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException(where + " isn't JSON: " + invalid.getOriginalMessage(), invalid);
        }
    }

    private static Object value(JsonNode node) {
        return new ObjectMapper().convertValue(node, Object.class);
    }

    private void synthesize(Map<String, String> environment) {
        context.putIfAbsent(STRICT, true);
        AppProps.Builder props = AppProps.builder().analyticsReporting(false).context(context);
        output.ifPresent(props::outdir);
        App app = new App(props.build());
        if ("true".equals(String.valueOf(context.get(StandaloneStack.SETTING)))) {
            new StandaloneStack(app, DeploymentTarget.name(context), context);
        } else {
            DeploymentTarget.all(context, environment).forEach(target -> stack(app, target));
        }
        app.synth();
    }

    private static void stack(App app, DeploymentTarget target) {
        AutoDumpSettings settings = AutoDumpSettings.of(target.settings(), target.region(), Path.of(""));
        Environment.Builder where = Environment.builder();
        settings.account().or(target::account).ifPresent(where::account);
        settings.region().or(target::region).ifPresent(where::region);
        new AutoDumpStack(
                app,
                target.id(),
                StackProps.builder()
                        .stackName(target.stackName())
                        .env(where.build())
                        .terminationProtection(settings.terminationProtection())
                        .description(description())
                        .build(),
                settings);
    }

    static String description() {
        return "AutoDump " + Version.current() + ": dumps databases to S3, by tags";
    }
}
