package io.autodump.infra;

import java.util.List;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.constructs.Construct;

/** {@link AutoDump} in a stack of its own, from settings that are text, with what people ask for as outputs. */
public final class AutoDumpStack extends Stack {
    private final AutoDump autodump;

    /**
     * Builds it; looks nothing up in the account.
     *
     * @param props {@code env} may be absent: the template then goes for any account and region
     */
    public AutoDumpStack(Construct scope, String id, StackProps props, AutoDumpSettings settings) {
        super(scope, id, props);
        autodump = new AutoDump(this, "AutoDump", settings.props(this, vpc(settings)));
        output("Bucket", "Where dumps lie", autodump.bucket().getBucketName());
        output("Topic", "Who is told of failures", autodump.topic().getTopicArn());
        output(
                "StateMachine",
                "Its executions are the runs",
                autodump.stateMachine().getStateMachineArn());
        output("JobRole", "What the jobs may do", autodump.jobRole().getRoleArn());
        output(
                "SecurityGroup",
                "Databases must let it in",
                autodump.securityGroup().getSecurityGroupId());
        output("Dashboard", "In CloudWatch", autodump.dashboardName());
        output("Version", "Of AutoDump", Version.current());
    }

    /** What was built. */
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
                            "@aws-cdk/aws-ec2:noSubnetRouteTableId", "only endpoints need them, and they demand them");
        }
        return vpc;
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }
}
