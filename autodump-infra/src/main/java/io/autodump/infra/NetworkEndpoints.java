package io.autodump.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.constructs.Construct;

/**
 * Endpoints for the services that a job calls, so that it needs no NAT. KMS needs none, because Secrets Manager and S3
 * call it themselves. STS needs one only if a role is assumed.
 */
final class NetworkEndpoints extends Construct {
    private static final Map<String, InterfaceVpcEndpointAwsService> ALWAYS = Map.of(
            "SecretsManager", InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
            "EcrApi", InterfaceVpcEndpointAwsService.ECR,
            "EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER,
            "Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
            "Events", InterfaceVpcEndpointAwsService.EVENTBRIDGE);

    private final AutoDumpProps props;
    private final SecurityGroup endpoints;

    NetworkEndpoints(Construct scope, AutoDumpProps props, SecurityGroup jobs) {
        super(scope, "Endpoints");
        this.props = props;
        endpoints = SecurityGroup.Builder.create(this, "SecurityGroup")
                .vpc(props.vpc())
                .description("Endpoints of AutoDump: for its jobs alone")
                .allowAllOutbound(false)
                .build();
        endpoints.addIngressRule(jobs, Port.tcp(443), "Jobs of AutoDump");
        ALWAYS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> add(each.getKey(), each.getValue()));
        if (props.sourceRoleArn().isPresent() || props.targetRoleArn().isPresent()) {
            add("Sts", InterfaceVpcEndpointAwsService.STS);
        }
        GatewayVpcEndpoint.Builder.create(this, "S3")
                .vpc(props.vpc())
                .service(GatewayVpcEndpointAwsService.S3)
                .subnets(List.of(props.subnets()))
                .build();
    }

    private void add(String id, InterfaceVpcEndpointAwsService service) {
        InterfaceVpcEndpoint.Builder.create(this, id)
                .vpc(props.vpc())
                .service(service)
                .subnets(props.subnets())
                .securityGroups(List.of(endpoints))
                .privateDnsEnabled(true)
                // The security group above is the rule. By default, the CDK would allow the whole VPC.
                .open(false)
                .build();
    }
}
