package io.autodump.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.infra.app.AutoDumpApp;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.StageSynthesisOptions;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.ObjectLockRetention;

/** Stacks that several tests look at; each is synthesized once, since that takes seconds. */
final class Synthesized {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing set but what must be, and an address. */
    static final Synthesized STANDARD = new Synthesized(stack("Standard"), Variant.STANDARD);

    /** Everything that can be switched on in a stack that makes its bucket. */
    static final Synthesized EVERYTHING = new Synthesized(stack("Everything"), Variant.EVERYTHING);

    /** Two buckets that exist, on Spot. */
    static final Synthesized EXISTING = new Synthesized(stack("Existing"), Variant.EXISTING);

    private enum Variant {
        STANDARD,
        EVERYTHING,
        EXISTING
    }

    private final Stack stack;

    private Synthesized(Stack stack, Variant variant) {
        this.stack = stack;
        AutoDumpProps.Builder props = needed(stack);
        switch (variant) {
            case STANDARD -> props.addNotificationEmails("dba@example.com");
            case EVERYTHING -> everything(stack, props);
            case EXISTING -> existing(stack, props);
        }
        new AutoDump(stack, "AutoDump", props.build());
        Aspects.of(stack).add(new AwsSolutionsChecks());
    }

    Stack stack() {
        return stack;
    }

    Template template() {
        return Template.fromStack(stack);
    }

    JsonNode json() {
        return JSON.valueToTree(template().toJSON());
    }

    Stream<JsonNode> resources(String type) {
        return StreamSupport.stream(json().path("Resources").spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"));
    }

    /** The statements of the one actor, by a part of its role's id. */
    List<ObjectNode> statements(String role) {
        return resources("AWS::IAM::Policy")
                .filter(policy -> policy.path("Roles").toString().contains(role))
                .flatMap(policy -> statements(policy.path("PolicyDocument")))
                .toList();
    }

    /** Of all policies: of roles, buckets, queues, topics and keys. */
    Stream<ObjectNode> allStatements() {
        return json().findValues("Statement").stream()
                .flatMap(each -> StreamSupport.stream(each.spliterator(), false))
                .map(ObjectNode.class::cast);
    }

    /** The CDK has deprecated the type of its own messages, and no other yet. */
    @SuppressWarnings("deprecation")
    List<String> findings() {
        Annotations annotations = Annotations.fromStack(stack);
        return Stream.concat(
                        annotations.findError("*", Match.stringLikeRegexp("AwsSolutions-.*")).stream(),
                        annotations.findWarning("*", Match.anyValue()).stream())
                .map(each -> each.getId() + ": " + each.getEntry().getData())
                .toList();
    }

    static AutoDumpProps.Builder needed(Stack stack) {
        return AutoDumpProps.builder()
                .vpc(Vpc.fromVpcAttributes(
                        stack,
                        "Vpc",
                        VpcAttributes.builder()
                                .vpcId("vpc-0123456789abcdef0")
                                .availabilityZones(List.of("eu-central-1a", "eu-central-1b"))
                                .privateSubnetIds(List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"))
                                .privateSubnetRouteTableIds(List.of("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"))
                                .build()))
                .image(ContainerImage.fromEcrRepository(
                        Repository.fromRepositoryName(stack, "Image", "autodump-dumper"), "0.1.0"))
                .functions(Code.fromAsset(jar().toString()));
    }

    private static void everything(Stack stack, AutoDumpProps.Builder props) {
        props.objectLock(ObjectLockRetention.governance(software.amazon.awscdk.Duration.days(30)))
                .expireAfter(Duration.ofDays(400))
                .vpcEndpoints(true)
                .maxConcurrentDumps(7)
                .jobSize(JobSize.of("0.25", 1024))
                .scanInterval(Duration.ofHours(1))
                .startsPerSecond(50)
                .reservedScanner(false)
                .report("autodump.html")
                .centralEventBus(
                        EventBus.fromEventBusArn(stack, "Hub", "arn:aws:events:us-east-1:210987654321:event-bus/hub"))
                .addIamDatabaseUsers("arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-ABCDEFGH/autodump")
                .scratchSecretArn("arn:aws:secretsmanager:eu-central-1:123456789012:secret:scratch-AbCdEf")
                .sourceRoleArn("arn:aws:iam::210987654321:role/autodump-source");
    }

    private static void existing(Stack stack, AutoDumpProps.Builder props) {
        props.addBuckets(Bucket.fromBucketName(stack, "First", "team-a-dumps"))
                .addBuckets(Bucket.fromBucketName(stack, "Second", "team-b-dumps"))
                .bucketOwner("210987654321")
                .cpuArchitecture(CpuArchitecture.X86_64)
                .spot(true);
    }

    /** Writes the template anew, as {@code cdk synth} would, and answers with its folder. */
    Path write() {
        App app = (App) stack.getNode().getRoot();
        app.synth(StageSynthesisOptions.builder().force(true).build());
        return folder().resolve(stack.getNode().getId());
    }

    /** A stack in an app of its own. */
    static Stack stack(String id) {
        App app = new App(AppProps.builder()
                .analyticsReporting(false)
                .outdir(folder().resolve(id).toString())
                .context(Map.of(AutoDumpApp.STRICT, true))
                .build());
        return new Stack(
                app,
                id,
                StackProps.builder()
                        .env(Environment.builder().region("eu-central-1").build())
                        .build());
    }

    private static Stream<ObjectNode> statements(JsonNode document) {
        return StreamSupport.stream(document.path("Statement").spliterator(), false)
                .map(ObjectNode.class::cast);
    }

    /** Stands for the functions' jar, which is packaged only after the tests. */
    private static Path jar() {
        try {
            return Files.writeString(folder().resolve("functions.jar"), "not a jar");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "synthesized").toAbsolutePath());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
