package io.autodump.infra.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.RepositoryAttributes;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.constructs.Construct;

/** The reference of the dumper's image: in ECR, or in another registry that Fargate reaches without a password. */
final class DumperImage {
    private static final Pattern ECR = Pattern.compile(
            "(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([a-z0-9][a-z0-9._/-]*)(?::([\\w.-]{1,128})|@(sha256:[0-9a-f]{64}))");
    private static final Pattern ANY =
            Pattern.compile("[a-z0-9][\\w./:-]*(?::[\\w.-]{1,128}|@sha256:[0-9a-f]{64})", Pattern.CASE_INSENSITIVE);

    /** In {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com}. */
    private static final int REGION_OF_A_REGISTRY = 3;

    private final String reference;

    private DumperImage(String reference) {
        this.reference = reference;
    }

    static Optional<DumperImage> parse(SettingsReader reader) {
        String name = "image";
        String expected =
                "ACCOUNT.dkr.ecr.REGION.amazonaws.com/autodump-dumper:VERSION or …@sha256:DIGEST, which \"make image\""
                        + " builds";
        Optional<String> given = reader.text(name);
        if (given.isEmpty()) {
            reader.problem(name + " isn't set; expected " + expected);
        }
        given.filter(reference -> !isParameter(reference))
                .filter(reference -> !ANY.matcher(reference).matches())
                .ifPresent(reference -> reader.problem(name + " \"" + reference + "\"; expected " + expected));
        return given.map(DumperImage::new);
    }

    private static boolean isParameter(String reference) {
        return Boolean.TRUE.equals(Token.isUnresolved(reference));
    }

    ContainerImage in(Construct scope) {
        if (isParameter(reference)) {
            return ofParameter(scope);
        }
        Matcher ecr = ECR.matcher(reference);
        if (!ecr.matches()) {
            return ContainerImage.fromRegistry(reference);
        }
        String arn = "arn:aws:ecr:" + ecr.group(2) + ":" + ecr.group(1) + ":repository/" + ecr.group(3);
        return ContainerImage.fromEcrRepository(
                Repository.fromRepositoryAttributes(
                        scope,
                        "Image",
                        RepositoryAttributes.builder()
                                .repositoryArn(partitioned(arn, ecr.group(2)))
                                .repositoryName(ecr.group(3))
                                .build()),
                Optional.ofNullable(ecr.group(4)).orElseGet(() -> ecr.group(5)));
    }

    /** Takes the reference apart when the stack is deployed, because the job may pull from this repository alone. */
    private ContainerImage ofParameter(Construct scope) {
        String registry = Fn.select(0, Fn.split("/", reference));
        String nameAndTag = Fn.select(1, Fn.split(".amazonaws.com/", reference));
        String name = Fn.select(0, Fn.split(":", nameAndTag));
        String arn = Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("ecr")
                        .region(Fn.select(REGION_OF_A_REGISTRY, Fn.split(".", registry)))
                        .account(Fn.select(0, Fn.split(".", registry)))
                        .resource("repository")
                        .resourceName(name)
                        .build());
        return ContainerImage.fromEcrRepository(
                Repository.fromRepositoryAttributes(
                        scope,
                        "ImageRepository",
                        RepositoryAttributes.builder()
                                .repositoryArn(arn)
                                .repositoryName(name)
                                .build()),
                Fn.select(1, Fn.split(":", nameAndTag)));
    }

    private static String partitioned(String arn, String region) {
        if (region.startsWith("cn-")) {
            return arn.replaceFirst("arn:aws:", "arn:aws-cn:");
        }
        return region.startsWith("us-gov-") ? arn.replaceFirst("arn:aws:", "arn:aws-us-gov:") : arn;
    }
}
