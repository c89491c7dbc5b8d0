package io.autodump.infra.app;

import io.autodump.infra.AutoDumpProps;
import io.autodump.infra.input.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/**
 * The settings of the app as text, from {@code cdk.json} or {@code cdk -c name=value}. {@code docs/deploy.md} lists
 * them. All of them are checked when they are read. Immutable.
 */
public final class AutoDumpSettings {
    /** The names, in the order of the documentation. */
    static final List<String> NAMES = List.of(
            "account",
            "region",
            "vpc",
            "zones",
            "subnets",
            "routeTables",
            "vpcEndpoints",
            "vpcEndpointsOpen",
            "vpcCidrs",
            "rdsEndpoint",
            "securityGroup",
            "egress",
            "deployment",
            "image",
            "imageClients",
            "functions",
            "buckets",
            "bucketRegion",
            "bucketOwner",
            "kmsKey",
            "versioned",
            "objectLockDays",
            "objectLockMode",
            "expireAfterDays",
            "scanInterval",
            "reservedScanner",
            "startsPerSecond",
            "jobVcpu",
            "jobMemory",
            "jobTimeout",
            "maxConcurrentDumps",
            "cpuArchitecture",
            "spot",
            "logRetentionDays",
            "logKmsKey",
            "eventBus",
            "centralEventBus",
            "notificationTopic",
            "notificationEmails",
            "alarmTopic",
            "freshnessMargin",
            "report",
            "secretMetrics",
            "iamDatabaseUsers",
            "scratchSecretArn",
            "sourceRoleArn",
            "targetRoleArn",
            "terminationProtection");

    private final Optional<String> account;
    private final Optional<String> region;
    private final String vpcId;
    private final List<String> zones;
    private final List<String> subnetIds;
    private final List<String> routeTableIds;
    private final boolean terminationProtection;
    private final Optional<ImageClients> imageClients;
    private final SettingsProps construct;

    private AutoDumpSettings(SettingsReader reader, Path folder, Optional<Code> functions) {
        account = reader.text("account", Inputs.ACCOUNT, "12 digits");
        region = reader.text("region", Inputs.REGION_NAME, "a region such as eu-central-1");
        vpcId = reader.needed("vpc", Inputs.VPC, "an id such as vpc-0123456789abcdef0");
        subnetIds = reader.list("subnets", Inputs.SUBNET, "ids such as subnet-0123456789abcdef0");
        zones = reader.list("zones", Inputs.ZONE, "zones such as eu-central-1a");
        routeTableIds = reader.list("routeTables", Inputs.ROUTE_TABLE, "ids such as rtb-0123456789abcdef0");
        checkNetwork(reader);
        terminationProtection = reader.flag("terminationProtection", false);
        imageClients = ImageClients.read(reader);
        construct = new SettingsProps(reader, folder, functions);
        regionOfTheStack(reader).ifPresent(name -> construct.requireRegion(name, reader.problems()));
        reader.throwIfAny();
    }

    /**
     * Reads and checks the settings.
     *
     * @param settings by name; unknown names are ignored, because the CDK's own settings are among them
     * @param region the region of the deployment, which zones must match; the setting {@code region} overrides it
     * @param folder where the search for the functions' jar starts if {@code functions} isn't set
     * @throws IllegalArgumentException naming every problem, with the value that was given and the one expected
     */
    public static AutoDumpSettings of(Map<String, ?> settings, Optional<String> region, Path folder) {
        return of(settings, region, folder, Optional.empty());
    }

    /**
     * As above, for functions that aren't a file.
     *
     * @param functions overrides the setting {@code functions}
     */
    static AutoDumpSettings of(
            Map<String, ?> settings, Optional<String> region, Path folder, Optional<Code> functions) {
        return new AutoDumpSettings(new SettingsReader(settings, region), folder, functions);
    }

    Optional<String> account() {
        return account;
    }

    Optional<String> region() {
        return region;
    }

    boolean terminationProtection() {
        return terminationProtection;
    }

    Optional<ImageClients> imageClients() {
        return imageClients;
    }

    String vpcId() {
        return vpcId;
    }

    List<String> zones() {
        return zones;
    }

    List<String> subnetIds() {
        return subnetIds;
    }

    List<String> routeTableIds() {
        return routeTableIds;
    }

    /** Returns the props of the construct. Existing resources are imported without a lookup. */
    AutoDumpProps props(Construct scope, IVpc vpc) {
        return construct.props(scope, vpc);
    }

    private void checkNetwork(SettingsReader reader) {
        atLeastTwo(reader, "subnets", subnetIds);
        atLeastTwo(reader, "zones", zones);
        if (subnetIds.size() != zones.size()) {
            reader.problem("subnets and zones: " + subnetIds.size() + " and " + zones.size()
                    + "; expected the zone of each subnet, in the subnets' order");
        }
        checkRegion(reader);
        boolean endpoints = reader.flag("vpcEndpoints", false);
        if (endpoints && routeTableIds.size() != subnetIds.size()) {
            reader.problem("routeTables: " + routeTableIds.size() + " for " + subnetIds.size()
                    + " subnets; expected, with vpcEndpoints, the route table of each subnet, in the subnets' order");
        }
    }

    /** The region that is set or known; otherwise that of the zones. */
    private Optional<String> regionOfTheStack(SettingsReader reader) {
        return region.or(reader::defaultRegion)
                .or(() -> zones.stream()
                        .map(Inputs.ZONE_PARTS::matcher)
                        .filter(Matcher::matches)
                        .map(parts -> parts.group(1))
                        .findFirst());
    }

    private void checkRegion(SettingsReader reader) {
        Set<String> seen = new HashSet<>();
        Optional<String> expected = region.or(reader::defaultRegion);
        for (String zone : zones) {
            Matcher parts = Inputs.ZONE_PARTS.matcher(zone);
            if (!parts.matches()) {
                continue;
            }
            seen.add(parts.group(1));
            if (expected.isPresent() && !expected.get().equals(parts.group(1))) {
                reader.problem("zones \"" + zone + "\"; expected a zone of " + expected.get());
            }
        }
        if (expected.isEmpty() && seen.size() > 1) {
            reader.problem("zones " + zones + "; expected zones of one region");
        }
    }

    private static void atLeastTwo(SettingsReader reader, String name, List<String> given) {
        List<String> twice = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        given.stream().filter(each -> !seen.add(each)).forEach(twice::add);
        if (name.equals("subnets") && !twice.isEmpty()) {
            reader.problem(name + " " + twice + " more than once; expected each once");
        }
        if (seen.size() < 2) {
            reader.problem(name + " " + given + "; expected at least two");
        }
    }
}
