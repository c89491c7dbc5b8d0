package io.autodump.infra;

import io.autodump.core.contract.LambdaNames;
import io.autodump.infra.access.Access;
import io.autodump.infra.access.NagReasons;
import io.autodump.infra.statemachine.TaskKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The functions that schedule and watch. Each has its own role and log group. */
final class LambdaFunctions extends Construct {
    private static final Duration LONGEST = Duration.minutes(15);
    private static final Duration SHORT = Duration.minutes(1);

    private final AutoDumpProps props;
    private final String stateMachineArn;
    private final Function scanner;
    private final Function hash;
    private final Function reschedule;
    private final Function freshness;
    private final Function drain;
    private final Alias hashAlias;
    private final Alias rescheduleAlias;

    /**
     * Creates the functions.
     *
     * @param stateMachineName the name is known before the state machine exists, which itself needs the functions
     * @param taskNames the names of the other state machines
     */
    LambdaFunctions(
            Construct scope,
            AutoDumpProps props,
            DumpStorage storage,
            String stateMachineName,
            Map<TaskKind, String> taskNames) {
        super(scope, "Functions");
        this.props = props;
        this.stateMachineArn = machineArn(stateMachineName);
        scanner = makeScanner(machineArn(Objects.requireNonNull(taskNames.get(TaskKind.DRILL))));
        hash = makeHash();
        reschedule = makeReschedule();
        freshness = makeFreshness(storage);
        drain = makeDrain(Stream.concat(Stream.of(stateMachineName), taskNames.values().stream())
                .sorted()
                .toList());
        hashAlias = live(hash);
        rescheduleAlias = live(reschedule);
    }

    Function scanner() {
        return scanner;
    }

    Function freshness() {
        return freshness;
    }

    Function hash() {
        return hash;
    }

    Function reschedule() {
        return reschedule;
    }

    Function drain() {
        return drain;
    }

    Alias hashAlias() {
        return hashAlias;
    }

    Alias rescheduleAlias() {
        return rescheduleAlias;
    }

    String roleArn(Function function) {
        return Optional.ofNullable(function.getRole()).orElseThrow().getRoleArn();
    }

    private String machineArn(String name) {
        return Access.arn(this, "states", "stateMachine", name, ArnFormat.COLON_RESOURCE_NAME);
    }

    private Function makeScanner(String drillArn) {
        Map<String, String> environment = environment();
        environment.put(LambdaNames.STATE_MACHINE_ARN, stateMachineArn);
        environment.put(LambdaNames.DRILL_STATE_MACHINE_ARN, drillArn);
        environment.put(LambdaNames.SCAN_INTERVAL, props.scanInterval().toString());
        props.startsPerSecond().ifPresent(rate -> environment.put(LambdaNames.STARTS_PER_SECOND, String.valueOf(rate)));
        Role role = role("Scanner", "AutoDump: finds tagged secrets and starts their next runs");
        Access.secretsByTag(this).forEach(role::addToPrincipalPolicy);
        role.addToPrincipalPolicy(mayStart(stateMachineArn, drillArn));
        Function.Builder function = function("Scanner", role, LambdaNames.SCANNER_HANDLER, environment)
                .description("AutoDump: sees to it that the next run of every tagged secret waits")
                .memorySize(1024)
                .timeout(LONGEST)
                // A failed scan is tried twice more, and raises an alarm. The next one does the same work, so nothing
                // needs to be kept. An event that waits because another scan runs isn't lost: Lambda keeps it for up
                // to these six hours.
                .retryAttempts(2)
                .maxEventAge(Duration.hours(6));
        if (props.reservedScanner()) {
            function.reservedConcurrentExecutions(1);
        }
        Function made = function.build();
        excuse(role);
        return made;
    }

    private Function makeHash() {
        Map<String, String> environment = environment();
        environment.put(LambdaNames.JOB_VCPU, props.jobSize().vcpuText());
        environment.put(LambdaNames.JOB_MEMORY, String.valueOf(props.jobSize().memoryMiB()));
        environment.put(
                LambdaNames.JOB_TIMEOUT, String.valueOf(props.jobTimeout().toSeconds()));
        Role role = role("Hash", "AutoDump: compares a secret's tags with those that scheduled a run");
        Access.secretsByTag(this).forEach(role::addToPrincipalPolicy);
        Function made = function("Hash", role, LambdaNames.HASH_HANDLER, environment)
                .description("AutoDump: tells whether the tags that scheduled a run are still in force")
                .memorySize(1024)
                .timeout(SHORT)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .build();
        excuse(role);
        return made;
    }

    private Function makeReschedule() {
        Map<String, String> environment = environment();
        environment.put(LambdaNames.STATE_MACHINE_ARN, stateMachineArn);
        Role role = role("Reschedule", "AutoDump: starts the next run of one secret");
        Access.secretsByTag(this).forEach(role::addToPrincipalPolicy);
        role.addToPrincipalPolicy(mayStart(stateMachineArn));
        Function made = function("Reschedule", role, LambdaNames.RESCHEDULE_HANDLER, environment)
                .description("AutoDump: starts the next run of one secret")
                .memorySize(1024)
                .timeout(SHORT)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .build();
        excuse(role);
        return made;
    }

    private Function makeFreshness(DumpStorage storage) {
        Map<String, String> environment = environment();
        environment.putAll(storage.settings(props, storage.names()));
        environment.put(LambdaNames.FRESHNESS_MARGIN, props.freshnessMargin().toString());
        if (!props.secretMetrics()) {
            environment.put(LambdaNames.SECRET_METRICS, "false");
        }
        Role role = role("Freshness", "AutoDump: looks for databases without a dump within their schedule");
        role.addToPrincipalPolicy(Access.listing());
        Access.assume(props.targetRoleArn()).forEach(role::addToPrincipalPolicy);
        storage.readsManifests(props).forEach(role::addToPrincipalPolicy);
        props.report().ifPresent(page -> {
            environment.put(LambdaNames.REPORT_KEY, page);
            storage.key().ifPresent(key -> environment.put(LambdaNames.KMS_KEY_ARN, key.getKeyArn()));
            storage.writesReport(props, page).forEach(role::addToPrincipalPolicy);
        });
        Function made = function("Freshness", role, LambdaNames.FRESHNESS_HANDLER, environment)
                .description("AutoDump: looks for databases without a dump within their schedule and a margin")
                .memorySize(1024)
                .timeout(LONGEST)
                .retryAttempts(0)
                .maxEventAge(Duration.minutes(15))
                .build();
        Access.listing(NagReasons.reasons())
                .wildcardMatching(
                        "^Resource::.*\\/\\*\\.(manifest|failed|accepted|proven|unproven)\\.json$",
                        "manifests and records are beside the dumps of every secret, under keys with their names and"
                                + " times")
                .on(policy(role));
        return made;
    }

    private Function makeDrain(List<String> stateMachineNames) {
        Role role = role("Drain", "AutoDump: ends all waiting runs when the stack is deleted");
        role.addToPrincipalPolicy(PolicyStatement.Builder.create()
                .sid("FindRuns")
                .actions(List.of("states:ListExecutions"))
                .resources(stateMachineNames.stream().map(this::machineArn).toList())
                .build());
        role.addToPrincipalPolicy(PolicyStatement.Builder.create()
                .sid("EndRuns")
                .actions(List.of("states:StopExecution"))
                // ":*": every execution of these state machines.
                .resources(stateMachineNames.stream()
                        .map(name ->
                                Access.arn(this, "states", "execution", name + ":*", ArnFormat.COLON_RESOURCE_NAME))
                        .toList())
                .build());
        Function made = function("Drain", role, LambdaNames.DRAIN_HANDLER, Map.of())
                .description("AutoDump: ends all waiting runs when the stack is deleted")
                .memorySize(512)
                .timeout(LONGEST)
                .build();
        NagReasons.reasons()
                .wildcardMatching(
                        "^Resource::arn:.*:states:.*:execution:.*:\\*$",
                        "the executions of the three state machines; their names are those of the runs")
                .on(policy(role));
        return made;
    }

    private static PolicyStatement mayStart(String... stateMachineArns) {
        return PolicyStatement.Builder.create()
                .sid("StartRuns")
                .actions(List.of("states:StartExecution"))
                .resources(List.of(stateMachineArns))
                .build();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        props.sourceRoleArn().ifPresent(role -> environment.put(LambdaNames.SOURCE_ROLE_ARN, role));
        props.deployment().ifPresent(name -> environment.put(LambdaNames.DEPLOYMENT, name));
        return environment;
    }

    private Role role(String id, String description) {
        Role role = role(this, id, description);
        Access.assume(props.sourceRoleArn()).forEach(role::addToPrincipalPolicy);
        return role;
    }

    static Role role(Construct scope, String id, String description) {
        return Role.Builder.create(scope, id + "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description(description)
                .build();
    }

    private Function.Builder function(String id, Role role, String handler, Map<String, String> environment) {
        return function(this, props, id, role, handler).environment(environment);
    }

    static Function.Builder function(Construct scope, AutoDumpProps props, String id, Role role, String handler) {
        LogGroup logs = DumpJobs.logGroup(scope, id + "Logs", props).build();
        logs.grantWrite(role);
        return Function.Builder.create(scope, id)
                .code(props.functions())
                .handler(handler)
                // The newest version on Lambda. The jar needs 17.
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .role(role)
                .logGroup(logs);
    }

    /** SnapStart needs published versions. Each change of code or settings publishes one. */
    private static Alias live(Function function) {
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish",
                        "the state machine calls the alias, a published version");
        return alias(function);
    }

    /** The newest version of a function, by a name that stays. */
    static Alias alias(Function function) {
        return Alias.Builder.create(function, "Live")
                .aliasName("live")
                .version(function.getCurrentVersion())
                .build();
    }

    private static void excuse(Role role) {
        Access.secretsByTag(NagReasons.reasons()).on(policy(role));
    }

    static IConstruct policy(Role role) {
        return role.getNode().findChild("DefaultPolicy");
    }
}
