package io.autodump.aws.rds;

import java.util.Set;

/**
 * An instance or a cluster in RDS, with all that leads to its databases. Immutable.
 *
 * @param name its identifier
 * @param kind {@code instance} or {@code cluster}
 * @param engine as RDS names it, for example {@code postgres} or {@code aurora-postgresql}
 * @param arns its own ARN, and those of its members and read replicas
 * @param hosts the host names of all of these, in lower case; empty while it is being created
 */
public record RdsServer(String name, String kind, String engine, Set<String> arns, Set<String> hosts) {
    public RdsServer {
        arns = Set.copyOf(arns);
        hosts = Set.copyOf(hosts);
    }
}
