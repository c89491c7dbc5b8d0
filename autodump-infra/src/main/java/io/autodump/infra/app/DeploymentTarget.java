package io.autodump.infra.app;

import io.autodump.infra.input.Inputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One stack of the app.
 *
 * @param id the id of the stack in the app, which {@code cdk deploy} takes
 * @param stackName the name of the stack in CloudFormation
 * @param settings those of the target, and the shared ones
 * @param account the default account; the setting {@code account} overrides it
 * @param region the default region; the setting {@code region} overrides it
 */
record DeploymentTarget(
        String id, String stackName, Map<String, Object> settings, Optional<String> account, Optional<String> region) {
    /** The setting with a list of objects: one per stack, each with settings that override the shared ones. */
    static final String SETTING = "targets";

    private static final String STACK_NAME = "stackName";
    private static final String EXPECTED =
            "a JSON array of objects with account, region and further settings; docs/hub.md has an example";

    /**
     * Returns the stacks of the app: one for each target, or one without targets.
     *
     * @throws IllegalArgumentException naming every problem of the targets
     */
    static List<DeploymentTarget> all(Map<String, Object> context, Map<String, String> environment) {
        if (!context.containsKey(SETTING)) {
            String name = name(context);
            return List.of(new DeploymentTarget(
                    name,
                    name,
                    context,
                    Optional.ofNullable(environment.get("CDK_DEFAULT_ACCOUNT")),
                    Optional.ofNullable(environment.get("CDK_DEFAULT_REGION"))));
        }
        List<String> problems = new ArrayList<>();
        List<DeploymentTarget> targets = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Map<?, ?> given : objects(context.get(SETTING), problems)) {
            DeploymentTarget target = of(context, given);
            String where = SETTING + "[" + targets.size() + "]";
            target.check(given, where, problems);
            if (!ids.add(target.id())) {
                problems.add(
                        where + " " + target.id() + " is there twice; expected another account, region or stackName");
            }
            targets.add(target);
        }
        Inputs.throwIfAny(problems);
        return targets;
    }

    private static List<Map<?, ?>> objects(Object given, List<String> problems) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (given instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
            if (!list.isEmpty() && objects.size() == list.size()) {
                return objects;
            }
        }
        problems.add(SETTING + "; expected " + EXPECTED);
        return List.of();
    }

    private static DeploymentTarget of(Map<String, Object> shared, Map<?, ?> own) {
        Map<String, Object> settings = new HashMap<>(shared);
        settings.remove(SETTING);
        own.forEach((key, value) -> settings.put(String.valueOf(key), value));
        String name = name(settings);
        String id = String.join("-", name, String.valueOf(own.get("account")), String.valueOf(own.get("region")));
        return new DeploymentTarget(id, name, settings, Optional.empty(), Optional.empty());
    }

    /** In a target, unlike the context, every name is one of ours. */
    private void check(Map<?, ?> own, String where, List<String> problems) {
        for (String needed : List.of("account", "region")) {
            if (!own.containsKey(needed)) {
                problems.add(where + " has no " + needed + "; expected one in each target");
            }
        }
        own.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !key.equals(STACK_NAME) && !AutoDumpSettings.NAMES.contains(key))
                .forEach(key -> problems.add(where + " \"" + key + "\"; expected the name of a setting"));
    }

    static String name(Map<String, Object> settings) {
        return Optional.ofNullable(settings.get(STACK_NAME))
                .map(String::valueOf)
                .orElse(AutoDumpApp.STACK);
    }
}
