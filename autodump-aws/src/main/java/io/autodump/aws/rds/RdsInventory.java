package io.autodump.aws.rds;

import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.aws.internal.OptionalClient;
import io.autodump.core.contract.TagNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.TaggedSecret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * Lists the instances and clusters of an account in one region. Instances of a cluster, and read replicas, belong to
 * the server whose data they have; a replica of a server in another region is left out.
 *
 * <p>Needs {@code rds:DescribeDBInstances} and {@code rds:DescribeDBClusters}, and the library {@code
 * software.amazon.awssdk:rds}. Thread-safe.
 */
public final class RdsInventory {
    private static final int LONGEST_CHAIN = 10;

    private final RdsClient client;

    private RdsInventory(RdsClient client) {
        this.client = client;
    }

    /**
     * Makes the client, and no call yet.
     *
     * @throws IllegalStateException if the library of the client isn't on the class path
     */
    public static RdsInventory create(AwsClients clients) {
        OptionalClient.RDS.require();
        return new RdsInventory(clients.sourceClient(RdsClient.class, RdsClient::builder));
    }

    /**
     * Returns all servers, sorted by name.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if they can't be listed
     */
    public List<RdsServer> servers() {
        List<DBInstance> instances = call(
                "rds:DescribeDBInstances",
                () -> client.describeDBInstancesPaginator().dbInstances().stream()
                        .toList());
        List<DBCluster> clusters = call(
                "rds:DescribeDBClusters",
                () -> client.describeDBClustersPaginator().dbClusters().stream().toList());
        Map<String, DBInstance> byName = instances.stream()
                .collect(Collectors.toMap(DBInstance::dbInstanceIdentifier, Function.identity(), (one, same) -> one));
        List<RdsServer> servers = new ArrayList<>();
        clusters.stream()
                .filter(cluster -> isUnset(cluster.replicationSourceIdentifier()))
                .forEach(cluster -> servers.add(server(cluster, instances)));
        instances.stream()
                .filter(instance -> isUnset(instance.dbClusterIdentifier()))
                .filter(instance -> isUnset(instance.readReplicaSourceDBInstanceIdentifier()))
                .forEach(instance -> servers.add(server(instance, instances, byName)));
        servers.sort(Comparator.comparing(RdsServer::name));
        return servers;
    }

    /**
     * Returns whether a secret leads to a server, as far as its tags say: {@code autodump:endpoint}, or the ARN that
     * RDS sets on a secret that it manages. Empty if the tags don't say.
     */
    public static Optional<Boolean> isForByTags(TaggedSecret secret, RdsServer server) {
        return Optional.ofNullable(secret.tags().get(TagNames.ENDPOINT))
                .map(host -> server.hosts().contains(host.toLowerCase(Locale.ROOT)))
                .or(() -> Stream.of(RdsSecretValues.INSTANCE_TAG, RdsSecretValues.CLUSTER_TAG)
                        .flatMap(tag -> Stream.ofNullable(secret.tags().get(tag)))
                        .findFirst()
                        .map(server.arns()::contains));
    }

    private static RdsServer server(DBCluster cluster, List<DBInstance> instances) {
        Set<String> arns = new HashSet<>(Set.of(cluster.dbClusterArn()));
        Set<String> hosts = new HashSet<>();
        add(hosts, cluster.endpoint());
        add(hosts, cluster.readerEndpoint());
        cluster.customEndpoints().forEach(host -> add(hosts, host));
        instances.stream()
                .filter(instance -> cluster.dbClusterIdentifier().equals(instance.dbClusterIdentifier()))
                .forEach(instance -> add(instance, arns, hosts));
        return new RdsServer(cluster.dbClusterIdentifier(), "cluster", cluster.engine(), arns, hosts);
    }

    private static RdsServer server(DBInstance source, List<DBInstance> all, Map<String, DBInstance> byName) {
        Set<String> arns = new HashSet<>();
        Set<String> hosts = new HashSet<>();
        all.stream()
                .filter(instance -> source.equals(origin(instance, byName)))
                .forEach(instance -> add(instance, arns, hosts));
        return new RdsServer(source.dbInstanceIdentifier(), "instance", source.engine(), arns, hosts);
    }

    /** A replica may have replicas of its own. Null if the origin is in another region. */
    private static @Nullable DBInstance origin(DBInstance instance, Map<String, DBInstance> byName) {
        @Nullable DBInstance found = instance;
        for (int i = 0; i < LONGEST_CHAIN && found != null; i++) {
            String source = found.readReplicaSourceDBInstanceIdentifier();
            if (isUnset(source)) {
                return found;
            }
            found = byName.get(source);
        }
        return null;
    }

    private static void add(DBInstance instance, Set<String> arns, Set<String> hosts) {
        arns.add(instance.dbInstanceArn());
        if (instance.endpoint() != null) {
            add(hosts, instance.endpoint().address());
        }
    }

    private static void add(Set<String> hosts, @Nullable String host) {
        if (!isUnset(host)) {
            hosts.add(String.valueOf(host).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isUnset(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failed) {
            throw new AwsFailure(ErrorCode.CATALOG_FAILED, action, "*", "nothing was changed").of(failed);
        }
    }
}
