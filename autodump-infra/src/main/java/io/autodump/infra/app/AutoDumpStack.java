package io.autodump.infra.app;

import io.autodump.infra.AutoDump;
import java.util.List;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.constructs.Construct;

/** A stack with one {@link AutoDump}, built from text settings. Its outputs name what operators need. */
public final class AutoDumpStack extends Stack {
    private final AutoDump autodump;

    /**
     * Builds the stack. Looks nothing up in the account.
     *
     * @param props without {@code env}, the template works in any account and region
     * @param settings the settings of the construct
     */
    public AutoDumpStack(Construct scope, String id, StackProps props, AutoDumpSettings settings) {
        super(scope, id, props);
        autodump = new AutoDump(this, "AutoDump", settings.props(this, vpc(this, settings)));
        outputs(this, autodump, settings);
    }

    static void outputs(Stack stack, AutoDump autodump, AutoDumpSettings settings) {
        output(stack, "Bucket", "The bucket of the dumps", autodump.bucket().getBucketName());
        output(stack, "Topic", "Receives failures", autodump.topic().getTopicArn());
        stateMachines(stack, autodump);
        output(stack, "JobRole", "The role of the jobs", autodump.jobRole().getRoleArn());
        output(
                stack,
                "SecurityGroup",
                "Databases must allow it",
                autodump.securityGroup().getSecurityGroupId());
        output(stack, "Dashboard", "The name of the dashboard in CloudWatch", autodump.dashboardName());
        output(
                stack,
                "RolesForBuckets",
                "A bucket or key of another account must trust these roles",
                Fn.join(",", autodump.rolesForBuckets()));
        output(
                stack,
                "RolesForSecrets",
                "sourceRoleArn must trust these roles",
                Fn.join(",", autodump.rolesForSecrets()));
        output(stack, "JobQueue", "The queue of the jobs", autodump.jobQueueArn());
        output(stack, "JobDefinition", "The definition of the jobs", autodump.jobDefinitionArn());
        output(stack, "JobLogs", "The log group of the jobs", autodump.jobLogGroupName());
        settings.imageClients().ifPresent(clients -> {
            output(stack, "ImageClients", "What the image can dump, as the settings say", clients.text());
            Annotations.of(stack).addInfo("The image has " + clients.text());
        });
        output(stack, "Version", "The version of AutoDump", Version.current());
    }

    private static void stateMachines(Stack stack, AutoDump autodump) {
        output(
                stack,
                "StateMachine",
                "Each execution is one run",
                autodump.stateMachine().getStateMachineArn());
        output(
                stack,
                "RestoreStateMachine",
                "Each execution is one restore",
                autodump.restoreStateMachine().getStateMachineArn());
        output(
                stack,
                "DrillStateMachine",
                "Each execution is one restore drill",
                autodump.drillStateMachine().getStateMachineArn());
    }

    /** Returns the construct. */
    public AutoDump autodump() {
        return autodump;
    }

    static IVpc vpc(Construct scope, AutoDumpSettings settings) {
        VpcAttributes.Builder attributes = VpcAttributes.builder()
                .vpcId(settings.vpcId())
                .availabilityZones(settings.zones())
                .privateSubnetIds(settings.subnetIds());
        List<String> routeTables = settings.routeTableIds();
        if (!routeTables.isEmpty()) {
            attributes.privateSubnetRouteTableIds(routeTables);
        }
        IVpc vpc = Vpc.fromVpcAttributes(scope, "Vpc", attributes.build());
        if (routeTables.isEmpty()) {
            Annotations.of(vpc)
                    .acknowledgeWarning(
                            "@aws-cdk/aws-ec2:noSubnetRouteTableId",
                            "only endpoints need route tables, and the settings require them then");
        }
        return vpc;
    }

    private static void output(Stack stack, String id, String description, String value) {
        CfnOutput.Builder.create(stack, id)
                .description(description)
                .value(value)
                .build();
    }
}
