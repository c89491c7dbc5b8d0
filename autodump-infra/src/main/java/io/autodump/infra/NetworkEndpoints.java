package io.autodump.infra;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * Endpoints for the services that a job calls, so that it needs no NAT. KMS needs none, because Secrets Manager and S3
 * call it themselves. STS needs one only if a role is assumed.
 *
 * <p>With private DNS, the names of these services lead to the endpoints in the whole VPC. So the endpoints are open to
 * the whole VPC by default: everything else in it would lose these services otherwise.
 */
final class NetworkEndpoints extends Construct {
    private static final Map<String, InterfaceVpcEndpointAwsService> ALWAYS = Map.of(
            "SecretsManager", InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
            "EcrApi", InterfaceVpcEndpointAwsService.ECR,
            "EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER,
            "Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
            "Events", InterfaceVpcEndpointAwsService.EVENTBRIDGE);

    /** The private ranges (RFC 1918, RFC 6598). A block of a VPC is nearly always one of them. */
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

    private static final Port HTTPS = Port.tcp(443);

    private final AutoDumpProps props;
    private final SecurityGroup endpoints;

    NetworkEndpoints(Construct scope, AutoDumpProps props, ISecurityGroup jobs) {
        super(scope, "Endpoints");
        this.props = props;
        endpoints = SecurityGroup.Builder.create(this, "SecurityGroup")
                .vpc(props.vpc())
                .description("Endpoints of AutoDump")
                .allowAllOutbound(false)
                .build();
        endpoints.addIngressRule(jobs, HTTPS, "Jobs of AutoDump");
        if (props.vpcEndpointsOpen()) {
            clients().forEach(block -> endpoints.addIngressRule(Peer.ipv4(block), HTTPS, "The VPC"));
        }
        ALWAYS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> add(each.getKey(), each.getValue()));
        if (props.sourceRoleArn().isPresent() || props.targetRoleArn().isPresent()) {
            add("Sts", InterfaceVpcEndpointAwsService.STS);
        }
        if (props.rdsEndpoint()) {
            add("Rds", InterfaceVpcEndpointAwsService.RDS);
        }
        GatewayVpcEndpoint.Builder.create(this, "S3")
                .vpc(props.vpc())
                .service(GatewayVpcEndpointAwsService.S3)
                .subnets(List.of(props.subnets()))
                .build();
    }

    /** The blocks of the VPC: those of the props, or the private ranges with the VPC's own block if it is known. */
    private Set<String> clients() {
        if (!props.vpcCidrs().isEmpty()) {
            return new LinkedHashSet<>(props.vpcCidrs());
        }
        Set<String> blocks = new LinkedHashSet<>(PRIVATE);
        if (props.vpc() instanceof Vpc made) {
            blocks.add(made.getVpcCidrBlock());
        }
        return blocks;
    }

    private void add(String id, InterfaceVpcEndpointAwsService service) {
        InterfaceVpcEndpoint.Builder.create(this, id)
                .vpc(props.vpc())
                .service(service)
                .subnets(props.subnets())
                .securityGroups(List.of(endpoints))
                .privateDnsEnabled(true)
                // The security group above is the rule. The CDK's own would need the block of an imported VPC.
                .open(false)
                .build();
    }
}
