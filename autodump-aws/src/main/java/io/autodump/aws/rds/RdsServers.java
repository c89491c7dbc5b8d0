package io.autodump.aws.rds;

import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** Asks RDS where the server of an instance or a cluster is. Thread-safe. */
final class RdsServers {
    private final RdsClient client;

    private RdsServers(RdsClient client) {
        this.client = client;
    }

    /** What RDS says about a server. */
    record Server(String host, Optional<String> readerHost, int port, String engine, Optional<String> database) {}

    static RdsServers of(AwsClients clients) {
        return new RdsServers(clients.sourceClient(RdsClient.class, RdsClient::builder));
    }

    /** The reader of an instance is its first read replica. */
    Server ofInstance(String arn) {
        DBInstance instance = instance(arn);
        Optional<String> reader = instance.readReplicaDBInstanceIdentifiers().stream()
                .findFirst()
                .map(this::instance)
                .filter(replica -> replica.endpoint() != null)
                .map(replica -> replica.endpoint().address());
        return new Server(
                instance.endpoint().address(),
                reader,
                instance.endpoint().port(),
                instance.engine(),
                Optional.ofNullable(instance.dbName()));
    }

    private DBInstance instance(String arnOrName) {
        String action = "rds:DescribeDBInstances";
        List<DBInstance> found = call(
                action,
                arnOrName,
                () -> client.describeDBInstances(request -> request.dbInstanceIdentifier(arnOrName))
                        .dbInstances());
        return found.stream()
                .filter(instance -> instance.endpoint() != null)
                .findFirst()
                .orElseThrow(() -> withoutEndpoint(arnOrName));
    }

    /** A cluster's reader endpoint leads to its writer if it has no reader. */
    Server ofCluster(String arn) {
        List<DBCluster> found = call(
                "rds:DescribeDBClusters",
                arn,
                () -> client.describeDBClusters(request -> request.dbClusterIdentifier(arn))
                        .dbClusters());
        DBCluster cluster = found.stream()
                .filter(known -> known.endpoint() != null)
                .findFirst()
                .orElseThrow(() -> withoutEndpoint(arn));
        return new Server(
                cluster.endpoint(),
                Optional.ofNullable(cluster.readerEndpoint()),
                cluster.port(),
                cluster.engine(),
                Optional.ofNullable(cluster.databaseName()));
    }

    private static <T> T call(String action, String resource, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failed) {
            throw new AwsFailure(ErrorCode.CATALOG_FAILED, action, resource, "nothing was dumped").of(failed);
        }
    }

    /** An instance that is being created, or that is stopped and gone, has no endpoint. */
    private static AutoDumpException withoutEndpoint(String resource) {
        return new AutoDumpException(
                ErrorCode.CATALOG_FAILED,
                "RDS knows no endpoint of " + resource + "; nothing was dumped",
                "look at its state in RDS; if the secret's database is elsewhere, set autodump:endpoint");
    }
}
