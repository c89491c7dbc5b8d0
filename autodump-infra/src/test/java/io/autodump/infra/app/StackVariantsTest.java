package io.autodump.infra.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;

/**
 * The stack with every setting set, and with random combinations of settings. With {@code
 * -Dautodump.settings.variants=100} there are that many combinations.
 */
class StackVariantsTest {
    private static final int VARIANTS = Integer.getInteger("autodump.settings.variants", 1);
    private static final String REGION = "eu-central-1";
    private static final String KEY = ":123456789012:key/12345678-1234-1234-1234-123456789012";

    /** Every optional setting with a value that isn't its default. */
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("account", "123456789012"),
            Map.entry("region", REGION),
            Map.entry("routeTables", "rtb-0123456789abcdef0,rtb-0123456789abcdef1"),
            Map.entry("vpcEndpoints", true),
            Map.entry("vpcEndpointsOpen", false),
            Map.entry("rdsEndpoint", true),
            Map.entry("deployment", "blue"),
            Map.entry("imageClients", "15,16,17,18"),
            Map.entry("secretMetrics", false),
            Map.entry("bucketRegion", REGION),
            Map.entry("vpcCidrs", "10.1.0.0/16"),
            Map.entry("securityGroup", "sg-0123456789abcdef0"),
            Map.entry("egress", "10.0.0.0/8:5432,0.0.0.0/0:443"),
            Map.entry("buckets", "team-a-dumps,team-b-dumps"),
            Map.entry("bucketOwner", "210987654321"),
            Map.entry("kmsKey", "arn:aws:kms:" + REGION + KEY),
            Map.entry("versioned", true),
            Map.entry("objectLockDays", 30),
            Map.entry("objectLockMode", "compliance"),
            Map.entry("expireAfterDays", 400),
            Map.entry("scanInterval", "PT1H"),
            Map.entry("reservedScanner", false),
            Map.entry("startsPerSecond", 50),
            Map.entry("jobVcpu", "2"),
            Map.entry("jobMemory", 4096),
            Map.entry("jobTimeout", "PT6H"),
            Map.entry("maxConcurrentDumps", 20),
            Map.entry("cpuArchitecture", "x86_64"),
            Map.entry("spot", true),
            Map.entry("logRetentionDays", "30"),
            Map.entry("logKmsKey", "arn:aws:kms:" + REGION + KEY),
            Map.entry("eventBus", "arn:aws:events:" + REGION + ":123456789012:event-bus/hub"),
            Map.entry("centralEventBus", "arn:aws:events:us-east-1:210987654321:event-bus/hub"),
            Map.entry("report", "reports/autodump.html"),
            Map.entry("notificationTopic", "arn:aws:sns:" + REGION + ":123456789012:failures"),
            Map.entry("notificationEmails", "dba@example.com,ops@example.com"),
            Map.entry("alarmTopic", "arn:aws:sns:" + REGION + ":123456789012:alarms"),
            Map.entry("freshnessMargin", "PT12H"),
            Map.entry("iamDatabaseUsers", "arn:aws:rds-db:" + REGION + ":123456789012:dbuser:db-ABCDEFGH/autodump"),
            Map.entry("scratchSecretArn", "arn:aws:secretsmanager:" + REGION + ":123456789012:secret:scratch-AbCdEf"),
            Map.entry("sourceRoleArn", "arn:aws:iam::210987654321:role/source"),
            Map.entry("targetRoleArn", "arn:aws:iam::210987654321:role/target"),
            Map.entry("terminationProtection", true));

    /** What makes sense only together with something else, by name. */
    private static final Map<String, List<String>> NEEDS = Map.of(
            "vpcEndpoints", List.of("routeTables"),
            "rdsEndpoint", List.of("vpcEndpoints", "routeTables"),
            "jobVcpu", List.of("jobMemory"),
            "bucketRegion", List.of("buckets"),
            "bucketOwner", List.of("buckets"),
            "objectLockMode", List.of("objectLockDays"),
            "spot", List.of("cpuArchitecture"));

    /** Which settings shape what another one replaces. */
    private static final Map<String, List<String>> EXCLUDES = Map.of(
            "buckets", List.of("versioned", "objectLockDays", "objectLockMode", "expireAfterDays"),
            "securityGroup", List.of("egress"));

    @TempDir
    private Path folder;

    private final Map<String, Object> required = new HashMap<>();

    @BeforeEach
    void usable() throws IOException {
        Path jar = Files.writeString(folder.resolve("autodump-lambda-0.1.0-function.jar"), "not a jar");
        required.put("vpc", "vpc-0123456789abcdef0");
        required.put("subnets", "subnet-0123456789abcdef0,subnet-0123456789abcdef1");
        required.put("zones", List.of("eu-central-1a", "eu-central-1b"));
        required.put("image", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/autodump-dumper:0.1.0");
        required.put("functions", jar.toString());
    }

    @Test
    void everySettingIsTriedHere() {
        Set<String> tried = new HashSet<>(VALUES.keySet());
        tried.addAll(required.keySet());

        assertThat(tried).containsExactlyInAnyOrderElementsOf(AutoDumpSettings.NAMES);
    }

    @Test
    void synthesizesWithEverySettingOfANewBucket() {
        Set<String> names = new HashSet<>(VALUES.keySet());
        names.removeAll(List.of("buckets", "bucketOwner", "bucketRegion", "egress"));

        synthesizes(names);
    }

    @Test
    void synthesizesWithEverySettingOfExistingBuckets() {
        Set<String> names = new HashSet<>(VALUES.keySet());
        names.removeAll(EXCLUDES.getOrDefault("buckets", List.of()));
        names.remove("securityGroup");

        Template template = synthesizes(names);

        // The topic that exists sends the mails.
        template.resourceCountIs("AWS::SNS::Topic", 0);
        template.resourceCountIs("AWS::SNS::Subscription", 2);
    }

    @Test
    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    void synthesizesWithRandomCombinations() {
        long seed = Long.getLong("autodump.settings.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int variant = 0; variant < VARIANTS; variant++) {
            Set<String> names = combination(random);
            assertThatCode(() -> synthesizes(names))
                    .as("-Dautodump.settings.seed=%d, variant %d: %s", seed, variant, names)
                    .doesNotThrowAnyException();
        }
    }

    private static Set<String> combination(Random random) {
        Set<String> names = new HashSet<>();
        List<String> all = new ArrayList<>(VALUES.keySet());
        all.sort(String::compareTo);
        all.stream().filter(name -> random.nextInt(3) == 0).forEach(names::add);
        NEEDS.forEach((name, needed) -> {
            if (names.contains(name)) {
                names.addAll(needed);
            }
        });
        EXCLUDES.forEach((name, excluded) -> {
            if (names.contains(name)) {
                names.removeAll(excluded);
            }
        });
        return names;
    }

    private Template synthesizes(Set<String> names) {
        Map<String, Object> settings = new HashMap<>(required);
        names.forEach(name -> settings.put(name, VALUES.get(name)));
        return Template.fromStack(new AutoDumpStack(
                new App(),
                "AutoDump",
                StackProps.builder().build(),
                AutoDumpSettings.of(settings, Optional.of(REGION), folder)));
    }
}
