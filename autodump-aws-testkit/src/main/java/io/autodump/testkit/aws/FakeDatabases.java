package io.autodump.testkit.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The instances and clusters in RDS. Found by their ARN or their name. Thread-safe. */
public final class FakeDatabases {
    private final Map<String, String> instances = new ConcurrentHashMap<>();
    private final Map<String, String> clusters = new ConcurrentHashMap<>();
    private final Map<String, String> sources = new ConcurrentHashMap<>();

    FakeDatabases() {}

    /**
     * Adds or replaces an instance.
     *
     * @param database its first database; empty for none
     * @param replicas the names of its read replicas, which are instances too
     * @return its ARN
     */
    public String putInstance(String name, String host, int port, String database, List<String> replicas) {
        replicas.forEach(replica -> sources.put(replica, name));
        String xml = "<Engine>postgres</Engine>"
                + (database.isEmpty() ? "" : "<DBName>" + database + "</DBName>")
                + endpoint(host, port)
                + "<ReadReplicaDBInstanceIdentifiers>"
                + replicas.stream()
                        .map(replica ->
                                "<ReadReplicaDBInstanceIdentifier>" + replica + "</ReadReplicaDBInstanceIdentifier>")
                        .collect(Collectors.joining())
                + "</ReadReplicaDBInstanceIdentifiers>";
        return put(instances, "db", name, xml);
    }

    /**
     * Adds or replaces an instance of a cluster.
     *
     * @return its ARN
     */
    public String putMember(String cluster, String name, String host, int port) {
        String xml = "<Engine>aurora-postgresql</Engine><DBClusterIdentifier>" + cluster + "</DBClusterIdentifier>"
                + endpoint(host, port);
        return put(instances, "db", name, xml);
    }

    /**
     * Adds or replaces an instance of another engine.
     *
     * @param engine for example {@code mysql}
     * @return its ARN
     */
    public String putOther(String engine, String name, String host, int port) {
        return put(instances, "db", name, "<Engine>" + engine + "</Engine>" + endpoint(host, port));
    }

    private static String endpoint(String host, int port) {
        return "<Endpoint><Address>" + host + "</Address><Port>" + port + "</Port></Endpoint>";
    }

    /**
     * Adds or replaces a cluster of Aurora PostgreSQL.
     *
     * @param database its first database; empty for none
     * @return its ARN
     */
    public String putCluster(String name, String writer, String reader, int port, String database) {
        String xml = "<Engine>aurora-postgresql</Engine>"
                + (database.isEmpty() ? "" : "<DatabaseName>" + database + "</DatabaseName>")
                + "<Endpoint>" + writer + "</Endpoint><ReaderEndpoint>" + reader + "</ReaderEndpoint><Port>" + port
                + "</Port>";
        return put(clusters, "cluster", name, xml);
    }

    private static String put(Map<String, String> known, String type, String name, String xml) {
        String arn = arn(type, name);
        known.put(name, xml);
        return arn;
    }

    private static String arn(String type, String name) {
        return "arn:aws:rds:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":" + type + ":" + name;
    }

    FakeAnswer instances(FakeRequest request) {
        return answer(instances, "db", "DBInstance", request);
    }

    FakeAnswer clusters(FakeRequest request) {
        return answer(clusters, "cluster", "DBCluster", request);
    }

    private FakeAnswer answer(Map<String, String> known, String type, String element, FakeRequest request) {
        String wanted = request.field(element + "Identifier");
        List<String> found = known.keySet().stream()
                .filter(name -> wanted.isEmpty() || wanted.equals(name) || wanted.equals(arn(type, name)))
                .sorted()
                .toList();
        if (found.isEmpty() && !wanted.isEmpty()) {
            return FakeAnswer.error(element + "NotFound", element + " " + wanted + " not found.");
        }
        return FakeAnswer.ofXml(found.stream()
                .map(name -> "<" + element + "><" + element + "Identifier>" + name + "</" + element + "Identifier><"
                        + element + "Arn>" + arn(type, name) + "</" + element + "Arn>" + source(name)
                        + known.get(name) + "</" + element + ">")
                .collect(Collectors.joining("", "<" + element + "s>", "</" + element + "s>")));
    }

    private String source(String name) {
        return sources.containsKey(name)
                ? "<ReadReplicaSourceDBInstanceIdentifier>" + sources.get(name)
                        + "</ReadReplicaSourceDBInstanceIdentifier>"
                : "";
    }
}
