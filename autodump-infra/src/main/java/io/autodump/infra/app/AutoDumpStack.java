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
        autodump = new AutoDump(this, "AutoDump", settings.props(this, vpc(settings)));
        output("Bucket", "The bucket of the dumps", autodump.bucket().getBucketName());
        output("Topic", "Receives failures", autodump.topic().getTopicArn());
        output(
                "StateMachine",
                "Each execution is one run",
                autodump.stateMachine().getStateMachineArn());
        output(
                "RestoreStateMachine",
                "Each execution is one restore",
                autodump.restoreStateMachine().getStateMachineArn());
        output(
                "DrillStateMachine",
                "Each execution is one restore drill",
                autodump.drillStateMachine().getStateMachineArn());
        output("JobRole", "The role of the jobs", autodump.jobRole().getRoleArn());
        output(
                "SecurityGroup",
                "Databases must allow it",
                autodump.securityGroup().getSecurityGroupId());
        output("Dashboard", "The name of the dashboard in CloudWatch", autodump.dashboardName());
        output(
                "RolesForBuckets",
                "A bucket or key of another account must trust these roles",
                Fn.join(",", autodump.rolesForBuckets()));
        output("RolesForSecrets", "sourceRoleArn must trust these roles", Fn.join(",", autodump.rolesForSecrets()));
        output("JobQueue", "The queue of the jobs", autodump.jobQueueArn());
        output("JobDefinition", "The definition of the jobs", autodump.jobDefinitionArn());
        output("JobLogs", "The log group of the jobs", autodump.jobLogGroupName());
        settings.imageClients().ifPresent(clients -> {
            output("ImageClients", "What the image can dump, as the settings say", clients.text());
            Annotations.of(this).addInfo("The image has " + clients.text());
        });
        output("Version", "The version of AutoDump", Version.current());
    }

    /** Returns the construct. */
    public AutoDump autodump() {
        return autodump;
    }

    private IVpc vpc(AutoDumpSettings settings) {
        VpcAttributes.Builder attributes = VpcAttributes.builder()
                .vpcId(settings.vpcId())
                .availabilityZones(settings.zones())
                .privateSubnetIds(settings.subnetIds());
        List<String> routeTables = settings.routeTableIds();
        if (!routeTables.isEmpty()) {
            attributes.privateSubnetRouteTableIds(routeTables);
        }
        IVpc vpc = Vpc.fromVpcAttributes(this, "Vpc", attributes.build());
        if (routeTables.isEmpty()) {
            Annotations.of(vpc)
                    .acknowledgeWarning(
                            "@aws-cdk/aws-ec2:noSubnetRouteTableId",
                            "only endpoints need route tables, and the settings require them then");
        }
        return vpc;
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }
}
