package io.autodump.testkit.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The instances and clusters in RDS. Found by their ARN or their name. Thread-safe. */
public final class FakeDatabases {
    private final Map<String, String> instances = new ConcurrentHashMap<>();
    private final Map<String, String> clusters = new ConcurrentHashMap<>();

    FakeDatabases() {}

    /**
     * Adds or replaces an instance.
     *
     * @param database its first database; empty for none
     * @param replicas the names of its read replicas, which are instances too
     * @return its ARN
     */
    public String putInstance(String name, String host, int port, String database, List<String> replicas) {
        String xml = "<DBInstanceIdentifier>" + name + "</DBInstanceIdentifier><Engine>postgres</Engine>"
                + (database.isEmpty() ? "" : "<DBName>" + database + "</DBName>")
                + "<Endpoint><Address>" + host + "</Address><Port>" + port + "</Port></Endpoint>"
                + "<ReadReplicaDBInstanceIdentifiers>"
                + replicas.stream()
                        .map(replica ->
                                "<ReadReplicaDBInstanceIdentifier>" + replica + "</ReadReplicaDBInstanceIdentifier>")
                        .collect(Collectors.joining())
                + "</ReadReplicaDBInstanceIdentifiers>";
        return put(instances, "db", name, xml);
    }

    /**
     * Adds or replaces a cluster of Aurora PostgreSQL.
     *
     * @param database its first database; empty for none
     * @return its ARN
     */
    public String putCluster(String name, String writer, String reader, int port, String database) {
        String xml = "<DBClusterIdentifier>" + name + "</DBClusterIdentifier><Engine>aurora-postgresql</Engine>"
                + (database.isEmpty() ? "" : "<DatabaseName>" + database + "</DatabaseName>")
                + "<Endpoint>" + writer + "</Endpoint><ReaderEndpoint>" + reader + "</ReaderEndpoint><Port>" + port
                + "</Port>";
        return put(clusters, "cluster", name, xml);
    }

    private static String put(Map<String, String> known, String type, String name, String xml) {
        String arn = "arn:aws:rds:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":" + type + ":" + name;
        known.put(name, xml);
        known.put(arn, xml);
        return arn;
    }

    FakeAnswer instances(FakeRequest request) {
        return answer(instances, "DBInstance", request);
    }

    FakeAnswer clusters(FakeRequest request) {
        return answer(clusters, "DBCluster", request);
    }

    private static FakeAnswer answer(Map<String, String> known, String element, FakeRequest request) {
        String wanted = request.field(element + "Identifier");
        return known.containsKey(wanted)
                ? FakeAnswer.ofXml("<" + element + "s><" + element + ">" + known.get(wanted) + "</" + element + "></"
                        + element + "s>")
                : FakeAnswer.error(element + "NotFound", element + " " + wanted + " not found.");
    }
}
