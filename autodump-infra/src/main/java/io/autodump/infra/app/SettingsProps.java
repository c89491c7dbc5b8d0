package io.autodump.infra.app;

import io.autodump.infra.AutoDumpProps;
import io.autodump.infra.FunctionJar;
import io.autodump.infra.JobSize;
import io.autodump.infra.input.Inputs;
import io.autodump.infra.input.PropsRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * The settings of the construct. They are read and checked once, and become props when there is a stack to import into.
 */
final class SettingsProps {
    private static final Map<String, CpuArchitecture> ARCHITECTURES =
            Map.of("arm64", CpuArchitecture.ARM64, "x86_64", CpuArchitecture.X86_64);
    /** CloudWatch Logs, API reference, PutRetentionPolicy. */
    private static final Map<String, RetentionDays> RETENTIONS = Stream.of(
                    Map.entry("1", RetentionDays.ONE_DAY),
                    Map.entry("3", RetentionDays.THREE_DAYS),
                    Map.entry("5", RetentionDays.FIVE_DAYS),
                    Map.entry("7", RetentionDays.ONE_WEEK),
                    Map.entry("14", RetentionDays.TWO_WEEKS),
                    Map.entry("30", RetentionDays.ONE_MONTH),
                    Map.entry("60", RetentionDays.TWO_MONTHS),
                    Map.entry("90", RetentionDays.THREE_MONTHS),
                    Map.entry("120", RetentionDays.FOUR_MONTHS),
                    Map.entry("180", RetentionDays.SIX_MONTHS),
                    Map.entry("365", RetentionDays.ONE_YEAR),
                    Map.entry("731", RetentionDays.TWO_YEARS),
                    Map.entry("1827", RetentionDays.FIVE_YEARS),
                    Map.entry("3653", RetentionDays.TEN_YEARS))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<Consumer<AutoDumpProps.Builder>> common = new ArrayList<>();
    private final Optional<DumperImage> image;
    private final Optional<Code> functions;
    private final List<String> buckets;
    private final Optional<String> key;
    private final Optional<String> bucketRegion;
    private final Optional<String> notificationTopic;
    private final Optional<String> alarmTopic;
    private final Optional<String> eventBus;
    private final Optional<String> centralEventBus;
    private final Optional<String> logKey;
    private final Optional<String> securityGroup;
    private final Optional<Duration> objectLock;
    private final boolean compliance;

    SettingsProps(SettingsReader reader, Path folder, Optional<Code> code) {
        image = DumperImage.parse(reader);
        functions = code.or(() -> functions(reader, folder));
        buckets = reader.list("buckets", Inputs.BUCKET, "a bucket's name");
        key = reader.text("kmsKey", Inputs.KEY, "the ARN of a key, not of an alias");
        bucketRegion = reader.text("bucketRegion");
        notificationTopic = reader.text("notificationTopic", Inputs.TOPIC, "the ARN of a topic");
        alarmTopic = reader.text("alarmTopic", Inputs.TOPIC, "the ARN of a topic");
        eventBus = reader.text("eventBus", Inputs.EVENT_BUS, "the ARN of an event bus");
        centralEventBus = reader.text("centralEventBus", Inputs.EVENT_BUS, "the ARN of an event bus");
        logKey = reader.text("logKmsKey", Inputs.KEY, "the ARN of a key, not of an alias");
        securityGroup = reader.text("securityGroup", Inputs.SECURITY_GROUP, "an id such as sg-0123456789abcdef0");
        PropsRules rules = new PropsRules(reader.problems());
        objectLock = days(reader, "objectLockDays");
        Optional<String> mode = reader.oneOf("objectLockMode", Set.of("governance", "compliance"));
        compliance = mode.filter("compliance"::equals).isPresent();
        rules.objectLock(mode.isPresent(), objectLock.isPresent());
        storage(reader, rules);
        times(reader, rules);
        jobs(reader, rules);
        network(reader, rules);
        rights(reader, rules);
    }

    /** Adds a problem for everything that must be in the region of the stack, and isn't. */
    void requireRegion(String region, List<String> problems) {
        notificationTopic.ifPresent(arn -> Inputs.sameRegion(problems, "notificationTopic", arn, region));
        alarmTopic.ifPresent(arn -> Inputs.sameRegion(problems, "alarmTopic", arn, region));
        key.ifPresent(arn -> Inputs.sameRegion(problems, "kmsKey", arn, bucketRegion.orElse(region)));
        logKey.ifPresent(arn -> Inputs.sameRegion(problems, "logKmsKey", arn, region));
    }

    AutoDumpProps props(Construct scope, IVpc vpc) {
        return imports(scope)
                .vpc(vpc)
                .image(image.orElseThrow().in(scope))
                .functions(functions.orElseThrow())
                .build();
    }

    private void storage(SettingsReader reader, PropsRules rules) {
        accept(
                reader.text("bucketOwner"),
                given -> rules.bucketOwner(given, !buckets.isEmpty()),
                AutoDumpProps.Builder::bucketOwner);
        accept(
                bucketRegion,
                given -> rules.bucketRegion(given, !buckets.isEmpty()),
                AutoDumpProps.Builder::bucketRegion);
        boolean versioned = reader.flag("versioned", false);
        common.add(props -> props.versioned(versioned));
        Optional<Duration> expireAfter = days(reader, "expireAfterDays");
        accept(expireAfter, rules::expireAfter, AutoDumpProps.Builder::expireAfter);
        rules.bucketShape(!buckets.isEmpty(), versioned || objectLock.isPresent() || expireAfter.isPresent());
    }

    private void times(SettingsReader reader, PropsRules rules) {
        accept(reader.duration("scanInterval"), rules::scanInterval, AutoDumpProps.Builder::scanInterval);
        Optional<Duration> jobTimeout = reader.duration("jobTimeout");
        accept(jobTimeout, rules::jobTimeout, AutoDumpProps.Builder::jobTimeout);
        accept(
                reader.duration("freshnessMargin"),
                given -> rules.freshnessMargin(given, jobTimeout.orElse(AutoDumpProps.DEFAULT_TIMEOUT)),
                AutoDumpProps.Builder::freshnessMargin);
        accept(reader.number("startsPerSecond"), rules::startsPerSecond, AutoDumpProps.Builder::startsPerSecond);
        boolean reserved = reader.flag("reservedScanner", true);
        common.add(props -> props.reservedScanner(reserved));
        reader.oneOf("logRetentionDays", RETENTIONS.keySet())
                .map(RETENTIONS::get)
                .ifPresent(given -> common.add(props -> props.logRetention(given)));
    }

    private void jobs(SettingsReader reader, PropsRules rules) {
        String vcpu = reader.text("jobVcpu").orElse(JobSize.DEFAULT.vcpuText());
        int memory = reader.number("jobMemory").orElse(JobSize.DEFAULT.memoryMiB());
        JobSize size = JobSize.parse(vcpu, memory, reader.problems());
        common.add(props -> props.jobSize(size));
        accept(
                reader.number("maxConcurrentDumps"),
                rules::maxConcurrentDumps,
                AutoDumpProps.Builder::maxConcurrentDumps);
        CpuArchitecture architecture = reader.oneOf("cpuArchitecture", ARCHITECTURES.keySet())
                .map(ARCHITECTURES::get)
                .orElse(AutoDumpProps.DEFAULT_ARCHITECTURE);
        boolean spot = reader.flag("spot", false);
        rules.spot(spot, architecture);
        common.add(props -> props.cpuArchitecture(architecture).spot(spot));
    }

    private void network(SettingsReader reader, PropsRules rules) {
        boolean endpoints = reader.flag("vpcEndpoints", false);
        boolean open = reader.flag("vpcEndpointsOpen", true);
        boolean rds = reader.flag("rdsEndpoint", false);
        rules.rdsEndpoint(rds, endpoints);
        List<String> blocks = reader.list("vpcCidrs");
        rules.vpcCidrs(blocks);
        List<String> egress = reader.list("egress");
        rules.egress(egress, securityGroup.isPresent());
        common.add(props -> props.vpcEndpoints(endpoints)
                .vpcEndpointsOpen(open)
                .rdsEndpoint(rds)
                .addAllVpcCidrs(blocks)
                .addAllEgress(egress));
    }

    private void rights(SettingsReader reader, PropsRules rules) {
        List<String> emails = reader.list("notificationEmails");
        rules.notificationEmails(emails);
        common.add(props -> props.addAllNotificationEmails(emails));
        rules.centralEventBus(centralEventBus, eventBus);
        accept(reader.text("report"), rules::report, AutoDumpProps.Builder::report);
        accept(reader.text("deployment"), rules::deployment, AutoDumpProps.Builder::deployment);
        boolean metrics = reader.flag("secretMetrics", true);
        common.add(props -> props.secretMetrics(metrics));
        List<String> users = reader.list("iamDatabaseUsers");
        rules.iamDatabaseUsers(users);
        common.add(props -> props.addAllIamDatabaseUsers(users));
        accept(reader.text("scratchSecretArn"), rules::scratchSecretArn, AutoDumpProps.Builder::scratchSecretArn);
        role(reader, rules, "sourceRoleArn", AutoDumpProps.Builder::sourceRoleArn);
        role(reader, rules, "targetRoleArn", AutoDumpProps.Builder::targetRoleArn);
    }

    private void role(
            SettingsReader reader, PropsRules rules, String name, BiConsumer<AutoDumpProps.Builder, String> setter) {
        accept(reader.text(name), given -> rules.role(name, given), setter);
    }

    /** Checks a setting that is there, and hands it to the props. */
    private <T> void accept(Optional<T> setting, Consumer<T> rule, BiConsumer<AutoDumpProps.Builder, T> setter) {
        setting.ifPresent(given -> {
            rule.accept(given);
            common.add(props -> setter.accept(props, given));
        });
    }

    /** The imports have a scope of their own, so that no id of theirs meets one of the stack's outputs. */
    private AutoDumpProps.Builder imports(Construct stack) {
        Construct scope = new Construct(stack, "Existing");
        AutoDumpProps.Builder props = shaped(AutoDumpProps.builder());
        for (int i = 0; i < buckets.size(); i++) {
            props.addBuckets(Bucket.fromBucketName(scope, "Bucket" + i, buckets.get(i)));
        }
        key.ifPresent(arn -> props.encryptionKey(Key.fromKeyArn(scope, "Key", arn)));
        notificationTopic.ifPresent(arn -> props.notificationTopic(Topic.fromTopicArn(scope, "Topic", arn)));
        alarmTopic.ifPresent(arn -> props.alarmTopic(Topic.fromTopicArn(scope, "AlarmTopic", arn)));
        eventBus.ifPresent(arn -> props.eventBus(EventBus.fromEventBusArn(scope, "EventBus", arn)));
        centralEventBus.ifPresent(arn -> props.centralEventBus(EventBus.fromEventBusArn(scope, "CentralBus", arn)));
        logKey.ifPresent(arn -> props.logKey(Key.fromKeyArn(scope, "LogKey", arn)));
        securityGroup.ifPresent(
                id -> props.securityGroup(SecurityGroup.fromSecurityGroupId(scope, "SecurityGroup", id)));
        return props;
    }

    /** Sets everything that isn't imported from the account. */
    private AutoDumpProps.Builder shaped(AutoDumpProps.Builder props) {
        common.forEach(setting -> setting.accept(props));
        objectLock
                .map(length -> software.amazon.awscdk.Duration.days(length.toDays()))
                .map(length ->
                        compliance ? ObjectLockRetention.compliance(length) : ObjectLockRetention.governance(length))
                .ifPresent(props::objectLock);
        return props;
    }

    private static Optional<Duration> days(SettingsReader reader, String name) {
        return reader.number(name).map(Duration::ofDays);
    }

    private static Optional<Code> functions(SettingsReader reader, Path folder) {
        Optional<Path> jar = reader.text("functions").map(folder::resolve).or(() -> FunctionJar.builtNear(folder));
        if (jar.isEmpty()) {
            reader.problem("functions isn't set, and no build has left autodump-lambda/target/autodump-lambda-VERSION-"
                    + "function.jar in or above " + folder
                    + "; expected the path of that jar, or \"make build\" before");
        } else if (!Files.isRegularFile(jar.get())) {
            reader.problem("functions \"" + jar.get() + "\"; expected a file, autodump-lambda-VERSION-function.jar");
        }
        return jar.filter(Files::isRegularFile).map(FunctionJar::at);
    }
}
