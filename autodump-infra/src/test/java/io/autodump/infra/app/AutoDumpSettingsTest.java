package io.autodump.infra.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;

/** What the app is given, and what it says when it can't use it. */
class AutoDumpSettingsTest {
    private static final String SUBNETS = "subnet-0123456789abcdef0, subnet-0123456789abcdef1";

    @TempDir
    private Path folder;

    private final Map<String, Object> settings = new HashMap<>();

    @BeforeEach
    void usable() throws IOException {
        Path jar = Files.writeString(folder.resolve("autodump-lambda-0.1.0-function.jar"), "not a jar");
        settings.put("vpc", "vpc-0123456789abcdef0");
        settings.put("subnets", SUBNETS);
        settings.put("zones", List.of("eu-central-1a", "eu-central-1b"));
        settings.put("image", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/autodump-dumper:0.1.0");
        settings.put("functions", jar.toString());
    }

    @Test
    void listsMayBeTextOrJson() {
        AutoDumpSettings read = read(Optional.of("eu-central-1"));

        assertThat(read.subnetIds()).containsExactly("subnet-0123456789abcdef0", "subnet-0123456789abcdef1");
        assertThat(read.zones()).containsExactly("eu-central-1a", "eu-central-1b");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithWhatWasGivenAndWhatIsExpected() {
        settings.put("vpc", "my-vpc");
        settings.put("subnets", "subnet-1");
        settings.put("zones", "us-east-1a");
        settings.put("image", "not an image");
        settings.put("functions", "nowhere.jar");
        settings.put("kmsKey", "alias/dumps");
        settings.put("scanInterval", "often");
        settings.put("maxConcurrentDumps", "0");
        settings.put("spot", "yes");
        settings.put("jobVcpu", "3");
        settings.put("notificationEmails", "dba");
        settings.put("iamDatabaseUsers", "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-A/*");

        assertThatThrownBy(() -> read(Optional.of("eu-central-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("14 problems with what AutoDump was given:")
                .hasMessageContainingAll(
                        "vpc \"my-vpc\"; expected an id such as vpc-",
                        "subnets \"subnet-1\"; expected ids such as subnet-",
                        "subnets [subnet-1]; expected at least two",
                        "zones [us-east-1a]; expected at least two",
                        "zones \"us-east-1a\"; expected a zone of eu-central-1",
                        "image \"not an image\"; expected ACCOUNT.dkr.ecr.REGION.amazonaws.com/",
                        "nowhere.jar\"; expected a file",
                        "kmsKey \"alias/dumps\"; expected the ARN of a key",
                        "scanInterval \"often\"; expected an ISO-8601 duration",
                        "maxConcurrentDumps 0; expected 1 to 1000",
                        "spot \"yes\"; expected true or false",
                        "\"3\" vCPU; expected 0.25, 0.5, 1, 2, 4, 8 or 16",
                        "notificationEmails \"dba\"; expected an e-mail address",
                        "iamDatabaseUsers");
    }

    @Test
    void whatMustBeSetIsNamed() {
        settings.clear();
        settings.put("functions", "");

        assertThatThrownBy(() -> read(Optional.empty()))
                .hasMessageContainingAll("vpc isn't set", "image isn't set", "subnets []", "zones []");
    }

    @Test
    void zonesOfTwoRegionsAreRefusedAlsoIfTheRegionIsntKnown() {
        settings.put("zones", "eu-central-1a,eu-west-1b");

        assertThatThrownBy(() -> read(Optional.empty()))
                .hasMessageContaining("zones [eu-central-1a, eu-west-1b]; expected zones of one region");
    }

    @Test
    void spotOnArmIsRefusedBecauseSuchAQueueWouldBeBlocked() {
        settings.put("spot", "true");

        assertThatThrownBy(() -> read(Optional.empty())).hasMessageContaining("expected X86_64");

        settings.put("cpuArchitecture", "x86_64");
        assertThat(read(Optional.empty()).zones()).hasSize(2);
    }

    @Test
    void endpointsNeedTheRouteTablesOfTheSubnets() {
        settings.put("vpcEndpoints", true);

        assertThatThrownBy(() -> read(Optional.empty())).hasMessageContaining("routeTables: 0 for 2 subnets");
    }

    @Test
    void aNameThatIsNearlyRightIsPointedOut() {
        settings.put("bucket", "dumps");
        settings.put("@aws-cdk/core:somethingOfTheCdks", true);

        assertThatThrownBy(() -> read(Optional.empty()))
                .hasMessageStartingWith("a problem")
                .hasMessageContaining("\"bucket\"; expected the name \"buckets\"");
    }

    @Test
    void settingsThatCannotWorkTogetherAreRefusedInWords() {
        settings.put("objectLockMode", "compliance");
        settings.put("bucketOwner", "210987654321");
        settings.put("jobTimeout", "PT8H");
        settings.put("freshnessMargin", "PT2H");
        settings.put("egress", "everywhere");
        settings.put("securityGroup", "sg-0123456789abcdef0");
        settings.put("notificationTopic", "arn:aws:sns:eu-west-1:123456789012:failures");
        settings.put("alarmTopic", "arn:aws:sns:eu-west-1:123456789012:alarms");
        settings.put("kmsKey", "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012");

        assertThatThrownBy(() -> read(Optional.empty()))
                .hasMessageStartingWith("8 problems")
                .hasMessageContainingAll(
                        "objectLockMode without objectLockDays",
                        "bucketOwner 210987654321 without buckets",
                        "freshnessMargin PT2H is shorter than jobTimeout PT8H",
                        "egress \"everywhere\"; expected an IPv4 block and a port",
                        "egress together with securityGroup",
                        "failures\" is in eu-west-1; expected one in eu-central-1",
                        "alarms\" is in eu-west-1; expected one in eu-central-1",
                        "kmsKey \"arn:aws:kms:eu-west-1");
    }

    @Test
    void settingsReachTheStackAndItsOutputsNameWhatPeopleAskFor() {
        settings.put("buckets", "team-a-dumps,team-b-dumps");
        settings.put("alarmTopic", "arn:aws:sns:eu-central-1:123456789012:alarms");
        settings.put("logRetentionDays", "30");
        AutoDumpStack stack = new AutoDumpStack(
                new App(), "AutoDump", StackProps.builder().build(), read(Optional.of("eu-central-1")));
        Template template = Template.fromStack(stack);

        assertThat(template.findOutputs("*").keySet())
                .containsExactlyInAnyOrder(
                        "Bucket",
                        "Topic",
                        "StateMachine",
                        "RestoreStateMachine",
                        "DrillStateMachine",
                        "JobRole",
                        "RolesForBuckets",
                        "RolesForSecrets",
                        "JobQueue",
                        "JobDefinition",
                        "JobLogs",
                        "SecurityGroup",
                        "Dashboard",
                        "Version");
        template.allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 30));
        template.resourcePropertiesCountIs(
                "AWS::CloudWatch::Alarm",
                Map.of("AlarmActions", List.of("arn:aws:sns:eu-central-1:123456789012:alarms")),
                19);
        assertThat(template.findOutputs("Bucket").get("Bucket")).containsEntry("Value", "team-a-dumps");
    }

    @Test
    void saysWhichServersTheImageCanDump() {
        settings.put("imageClients", "17,15,16");
        AutoDumpStack stack = new AutoDumpStack(
                new App(), "AutoDump", StackProps.builder().build(), read(Optional.of("eu-central-1")));

        assertThat(Template.fromStack(stack).findOutputs("ImageClients").values())
                .singleElement()
                .extracting(output -> output.get("Value"))
                .isEqualTo("PostgreSQL clients 15, 16, 17: dumps servers up to version 17, and fails with AD-2002 for"
                        + " newer ones");
    }

    @Test
    void aBucketOfAnotherRegionHasItsKeyThere() {
        settings.put("buckets", "vault-dumps");
        settings.put("bucketRegion", "eu-west-1");
        settings.put("kmsKey", "arn:aws:kms:eu-central-1:210987654321:key/12345678-1234-1234-1234-123456789012");

        assertThatThrownBy(() -> read(Optional.of("eu-central-1")))
                .hasMessageContaining("kmsKey")
                .hasMessageContaining("eu-west-1");
    }

    @Test
    void whatNeedsAnotherSettingSaysSo() {
        settings.put("bucketRegion", "eu-west-1");
        settings.put("rdsEndpoint", "true");
        settings.put("deployment", "team blue");
        settings.put("imageClients", "9.6");

        assertThatThrownBy(() -> read(Optional.of("eu-central-1")))
                .hasMessageContaining("bucketRegion eu-west-1 without buckets")
                .hasMessageContaining("rdsEndpoint without vpcEndpoints")
                .hasMessageContaining("deployment: \"team blue\" isn't a name")
                .hasMessageContaining("imageClients");
    }

    private AutoDumpSettings read(Optional<String> region) {
        return AutoDumpSettings.of(settings, region, folder);
    }
}
