package io.autodump.infra;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import software.amazon.awscdk.services.ec2.IVpc;
import software.constructs.Construct;

/**
 * The settings of the app, as text: what {@code cdk.json} or {@code cdk -c name=value} holds. {@code docs/deploy.md} lists
 * them. Everything is checked when they are read.
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
            "image",
            "functions",
            "buckets",
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
            "notificationTopic",
            "notificationEmails",
            "alarmTopic",
            "freshnessMargin",
            "iamDatabaseUsers",
            "scratchSecretArn",
            "sourceRoleArn",
            "targetRoleArn");

    private final Optional<String> account;
    private final Optional<String> region;
    private final String vpcId;
    private final List<String> zones;
    private final List<String> subnetIds;
    private final List<String> routeTableIds;
    private final SettingsProps construct;

    private AutoDumpSettings(SettingsReader reader, Path folder) {
        account = reader.text("account", Inputs.ACCOUNT, "12 digits");
        region = reader.text("region", Inputs.REGION_NAME, "a region such as eu-central-1");
        vpcId = reader.needed("vpc", Inputs.VPC, "an id such as vpc-0123456789abcdef0");
        subnetIds = reader.list("subnets", Inputs.SUBNET, "ids such as subnet-0123456789abcdef0");
        zones = reader.list("zones", Inputs.ZONE, "zones such as eu-central-1a");
        routeTableIds = reader.list("routeTables", Inputs.ROUTE_TABLE, "ids such as rtb-0123456789abcdef0");
        checkNetwork(reader);
        construct = new SettingsProps(reader, folder);
        reader.throwIfAny();
    }

    /**
     * Reads and checks them.
     *
     * @param settings by name; names that aren't AutoDump's are left alone, since the CDK has its own among them
     * @param region the one that will be deployed to, where the settings name none; it is what zones are compared with
     * @param folder from where {@code functions} is looked for, if it isn't set
     * @throws IllegalArgumentException that names everything that is wrong, with what was given and what is expected
     */
    public static AutoDumpSettings of(Map<String, ?> settings, Optional<String> region, Path folder) {
        return new AutoDumpSettings(new SettingsReader(settings, region), folder);
    }

    Optional<String> account() {
        return account;
    }

    Optional<String> region() {
        return region;
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

    /** For the construct; what exists already is imported, not looked up. */
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

    private void checkRegion(SettingsReader reader) {
        Set<String> seen = new HashSet<>();
        Optional<String> expected = region.or(reader::defaultRegion);
        for (String zone : zones) {
            Matcher parts = Inputs.ZONE.matcher(zone);
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
