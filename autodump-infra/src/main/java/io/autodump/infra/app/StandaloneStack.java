package io.autodump.infra.app;

import io.autodump.infra.AutoDump;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * A template for any account and region that needs neither the CDK nor its bootstrap: for StackSets, for Terraform, for
 * the console. The network, the functions' jar and the image are parameters. All other settings are those of the app.
 */
final class StandaloneStack extends Stack {
    /** The setting that asks for this template. */
    static final String SETTING = "standalone";

    private static final String ECR =
            "^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9][a-z0-9._/-]*:[A-Za-z0-9_.-]+$";

    StandaloneStack(Construct app, String id, Map<String, Object> context) {
        super(
                app,
                id,
                StackProps.builder()
                        .synthesizer(BootstraplessSynthesizer.Builder.create().build())
                        // Without indentation the template is a third smaller; CloudFormation limits its size.
                        .suppressTemplateIndentation(true)
                        .description(AutoDumpApp.description())
                        .build());
        Map<String, Object> given = new HashMap<>(context);
        given.put("vpc", parameter("Vpc", "AWS::EC2::VPC::Id", "The network of the jobs"));
        String subnet = "A private subnet of the jobs, from which they reach the databases and AWS; ";
        given.put(
                "subnets",
                List.of(
                        parameter("SubnetA", "AWS::EC2::Subnet::Id", subnet + "in one zone"),
                        parameter("SubnetB", "AWS::EC2::Subnet::Id", subnet + "in another zone")));
        given.put("zones", List.of(Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())));
        given.put("image", image());
        AutoDumpSettings settings = AutoDumpSettings.of(given, Optional.empty(), Path.of(""), Optional.of(code()));
        // A scope of its own, because the parameters have these names.
        Construct network = new Construct(this, "Network");
        AutoDump autodump = new AutoDump(this, "AutoDump", settings.props(this, AutoDumpStack.vpc(network, settings)));
        AutoDumpStack.outputs(this, autodump, settings);
        nameTheVersion();
    }

    private String parameter(String name, String type, String description) {
        return CfnParameter.Builder.create(this, name)
                .type(type)
                .description(description)
                .build()
                .getValueAsString();
    }

    private String image() {
        return CfnParameter.Builder.create(this, "Image")
                .description("The dumper's image: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG")
                .allowedPattern(ECR)
                .build()
                .getValueAsString();
    }

    private Code code() {
        String bucket = parameter("FunctionsBucket", "String", "The bucket with the functions' jar, in this region");
        String key = parameter("FunctionsKey", "String", "The key of autodump-lambda-VERSION-function.jar in it");
        return Code.fromBucketV2(Bucket.fromBucketName(this, "Functions", bucket), key);
    }

    /**
     * Lambda publishes a new version only if the template changes, and a new jar is just another parameter. So each
     * function is described with the version of AutoDump.
     */
    private void nameTheVersion() {
        for (IConstruct each : getNode().findAll()) {
            if (each instanceof CfnFunction function) {
                function.setDescription(function.getDescription() + " (" + Version.current() + ")");
            }
        }
    }
}
