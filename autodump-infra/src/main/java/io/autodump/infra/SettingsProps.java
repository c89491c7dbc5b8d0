package io.autodump.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The settings that shape the construct. They are read once, and become props when there is a stack to import into. */
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
    private final Optional<Path> functions;
    private final List<String> buckets;
    private final Optional<String> key;
    private final Optional<String> notificationTopic;
    private final Optional<String> alarmTopic;
    private final Optional<Duration> objectLock;
    private final boolean compliance;

    SettingsProps(SettingsReader reader, Path folder) {
        image = DumperImage.parse(reader);
        functions = functions(reader, folder);
        buckets = reader.list("buckets", Inputs.BUCKET, "a bucket's name");
        key = reader.text("kmsKey", Inputs.KEY, "the ARN of a key, not of an alias");
        notificationTopic = reader.text("notificationTopic", Inputs.TOPIC, "the ARN of a topic");
        alarmTopic = reader.text("alarmTopic", Inputs.TOPIC, "the ARN of a topic");
        objectLock = days(reader, "objectLockDays");
        compliance = reader.oneOf("objectLockMode", Set.of("governance", "compliance"))
                .filter("compliance"::equals)
                .isPresent();
        storage(reader);
        times(reader);
        jobs(reader);
        rights(reader);
        check(reader);
    }

    AutoDumpProps props(Construct scope, IVpc vpc) {
        return imports(scope)
                .vpc(vpc)
                .image(image.orElseThrow().in(scope))
                .functions(FunctionJar.at(functions.orElseThrow()))
                .build();
    }

    private void storage(SettingsReader reader) {
        reader.text("bucketOwner").ifPresent(given -> common.add(props -> props.bucketOwner(given)));
        boolean versioned = reader.flag("versioned", false);
        common.add(props -> props.versioned(versioned));
        Optional<Duration> expireAfter = days(reader, "expireAfterDays");
        expireAfter.ifPresent(given -> common.add(props -> props.expireAfter(given)));
        checkBuckets(reader, versioned, expireAfter);
    }

    private void times(SettingsReader reader) {
        reader.duration("scanInterval").ifPresent(given -> common.add(props -> props.scanInterval(given)));
        reader.duration("freshnessMargin").ifPresent(given -> common.add(props -> props.freshnessMargin(given)));
        reader.duration("jobTimeout").ifPresent(given -> common.add(props -> props.jobTimeout(given)));
        reader.number("startsPerSecond").ifPresent(given -> common.add(props -> props.startsPerSecond(given)));
        boolean reserved = reader.flag("reservedScanner", true);
        common.add(props -> props.reservedScanner(reserved));
        reader.oneOf("logRetentionDays", RETENTIONS.keySet())
                .map(RETENTIONS::get)
                .ifPresent(given -> common.add(props -> props.logRetention(given)));
    }

    private void jobs(SettingsReader reader) {
        String vcpu = reader.text("jobVcpu").orElse(JobSize.DEFAULT.vcpuText());
        int memory = reader.number("jobMemory").orElse(JobSize.DEFAULT.memoryMiB());
        JobSize size = JobSize.parse(vcpu, memory, reader.problems());
        common.add(props -> props.jobSize(size));
        reader.number("maxConcurrentDumps").ifPresent(given -> common.add(props -> props.maxConcurrentDumps(given)));
        reader.oneOf("cpuArchitecture", ARCHITECTURES.keySet())
                .map(ARCHITECTURES::get)
                .ifPresent(given -> common.add(props -> props.cpuArchitecture(given)));
        boolean spot = reader.flag("spot", false);
        boolean endpoints = reader.flag("vpcEndpoints", false);
        common.add(props -> props.spot(spot).vpcEndpoints(endpoints));
    }

    private void rights(SettingsReader reader) {
        List<String> emails = reader.list("notificationEmails");
        common.add(props -> props.addAllNotificationEmails(emails));
        List<String> users = reader.list("iamDatabaseUsers");
        common.add(props -> props.addAllIamDatabaseUsers(users));
        reader.text("scratchSecretArn").ifPresent(given -> common.add(props -> props.scratchSecretArn(given)));
        reader.text("sourceRoleArn").ifPresent(given -> common.add(props -> props.sourceRoleArn(given)));
        reader.text("targetRoleArn").ifPresent(given -> common.add(props -> props.targetRoleArn(given)));
    }

    /** What the construct would say of these settings is told together with everything else. */
    private void check(SettingsReader reader) {
        Stack nowhere = new Stack();
        IVpc anyVpc = Vpc.fromVpcAttributes(
                nowhere,
                "Vpc",
                VpcAttributes.builder()
                        .vpcId("vpc-00000000")
                        .availabilityZones(List.of("a", "b"))
                        .privateSubnetIds(List.of("subnet-a", "subnet-b"))
                        .build());
        try {
            shaped(AutoDumpProps.builder())
                    .vpc(anyVpc)
                    .image(ContainerImage.fromRegistry("any"))
                    .functions(Code.fromInline("any"))
                    .build();
        } catch (InvalidInputException invalid) {
            invalid.problems().forEach(reader::problem);
        }
    }

    private AutoDumpProps.Builder imports(Construct scope) {
        AutoDumpProps.Builder props = shaped(AutoDumpProps.builder());
        for (int i = 0; i < buckets.size(); i++) {
            props.addBuckets(Bucket.fromBucketName(scope, "Bucket" + i, buckets.get(i)));
        }
        key.ifPresent(arn -> props.encryptionKey(Key.fromKeyArn(scope, "Key", arn)));
        notificationTopic.ifPresent(arn -> props.notificationTopic(Topic.fromTopicArn(scope, "Topic", arn)));
        alarmTopic.ifPresent(arn -> props.alarmTopic(Topic.fromTopicArn(scope, "AlarmTopic", arn)));
        return props;
    }

    /** All that isn't imported from the account. */
    private AutoDumpProps.Builder shaped(AutoDumpProps.Builder props) {
        common.forEach(setting -> setting.accept(props));
        objectLock
                .map(length -> software.amazon.awscdk.Duration.days(length.toDays()))
                .map(length ->
                        compliance ? ObjectLockRetention.compliance(length) : ObjectLockRetention.governance(length))
                .ifPresent(props::objectLock);
        return props;
    }

    /** The bucket that is made is the one that these shape; the construct says the same of its props. */
    private void checkBuckets(SettingsReader reader, boolean versioned, Optional<Duration> expireAfter) {
        if (!buckets.isEmpty() && (versioned || objectLock.isPresent() || expireAfter.isPresent())) {
            reader.problem(AutoDumpProps.SHAPES_NO_BUCKET);
        }
    }

    private static Optional<Duration> days(SettingsReader reader, String name) {
        return reader.number(name).map(Duration::ofDays);
    }

    private static Optional<Path> functions(SettingsReader reader, Path folder) {
        Optional<Path> jar = reader.text("functions").map(folder::resolve).or(() -> FunctionJar.builtNear(folder));
        if (jar.isEmpty()) {
            reader.problem("functions isn't set, and no build has left autodump-lambda/target/autodump-lambda-VERSION-"
                    + "function.jar in or above " + folder
                    + "; expected the path of that jar, or \"make build\" before");
        } else if (!Files.isRegularFile(jar.get())) {
            reader.problem("functions \"" + jar.get() + "\"; expected a file, autodump-lambda-VERSION-function.jar");
        }
        return jar;
    }
}
