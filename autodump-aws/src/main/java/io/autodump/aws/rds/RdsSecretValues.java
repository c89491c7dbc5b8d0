package io.autodump.aws.rds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.OptionalClient;
import io.autodump.core.contract.TagNames;
import io.autodump.core.database.SourceServer;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.SecretValues;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.SecretValue;
import io.autodump.core.secret.TaggedSecret;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Adds to the values of secrets that RDS manages what they lack: a value has {@code username} and {@code password}
 * alone, and a tag that RDS sets has the ARN of the instance or cluster. Asks RDS only if neither the value nor a tag
 * of AutoDump's names the server, or for a reader ({@code autodump:source}). Never overrides the value or a tag.
 *
 * <p>Needs {@code rds:DescribeDBInstances} and {@code rds:DescribeDBClusters}, and the library {@code
 * software.amazon.awssdk:rds}. Caches nothing: a failover is seen at once. Thread-safe.
 */
public final class RdsSecretValues implements SecretValues {
    /** The tag that RDS sets on the secret of an instance. People can't set tags that begin with {@code aws:}. */
    static final String INSTANCE_TAG = "aws:rds:primaryDBInstanceArn";

    /** The tag that RDS sets on the secret of a cluster. */
    static final String CLUSTER_TAG = "aws:rds:primaryDBClusterArn";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final SecretValues values;
    private final Supplier<RdsServers> servers;

    private RdsSecretValues(SecretValues values, Supplier<RdsServers> servers) {
        this.values = values;
        this.servers = servers;
    }

    /**
     * Completes these values. The client of RDS is made when it is first needed.
     *
     * @param values reads Secrets Manager
     * @throws IllegalStateException if the library of the client isn't on the class path
     */
    public static RdsSecretValues create(SecretValues values, AwsClients clients) {
        OptionalClient.RDS.require();
        return new RdsSecretValues(values, () -> RdsServers.of(clients));
    }

    @Override
    public SecretValue read(SecretId id) {
        return values.read(id);
    }

    @Override
    public SecretValue read(TaggedSecret secret) {
        SecretValue value = values.read(secret);
        Optional<ObjectNode> json = object(value).filter(node -> lacksServer(node, secret));
        Optional<RdsServers.Server> server = json.flatMap(node -> server(secret));
        server.ifPresent(found -> complete(json.orElseThrow(), secret, found));
        return server.isPresent() ? SecretValue.of(json.orElseThrow().toString()) : value;
    }

    private static boolean lacksServer(ObjectNode value, TaggedSecret secret) {
        boolean hasHost = value.has("endpoint") || value.has("host") || has(secret, TagNames.ENDPOINT);
        boolean wantsReader = SecretTags.read(secret.tags()).source() == SourceServer.READER;
        return !hasHost || (wantsReader && !value.has("readerendpoint"));
    }

    private Optional<RdsServers.Server> server(TaggedSecret secret) {
        return Optional.ofNullable(secret.tags().get(INSTANCE_TAG))
                .map(arn -> servers.get().ofInstance(arn))
                .or(() -> Optional.ofNullable(secret.tags().get(CLUSTER_TAG))
                        .map(arn -> servers.get().ofCluster(arn)));
    }

    private static void complete(ObjectNode value, TaggedSecret secret, RdsServers.Server server) {
        if (!value.has("host") && !has(secret, TagNames.ENDPOINT)) {
            putMissing(value, "endpoint", server.host());
        }
        server.readerHost().ifPresent(reader -> putMissing(value, "readerendpoint", reader));
        if (!has(secret, TagNames.PORT)) {
            putMissing(value, "port", Integer.toString(server.port()));
        }
        if (!has(secret, TagNames.ENGINE)) {
            putMissing(value, "engine", server.engine());
        }
        if (!value.has("dbname") && !has(secret, TagNames.DATABASE)) {
            server.database().ifPresent(name -> putMissing(value, "databasename", name));
        }
    }

    private static void putMissing(ObjectNode value, String key, String text) {
        if (!value.has(key)) {
            value.put(key, text);
        }
    }

    private static boolean has(TaggedSecret secret, String tag) {
        return secret.tags().containsKey(tag);
    }

    /** Empty for a value that isn't a JSON object: its reader says what is wrong with it. */
    private static Optional<ObjectNode> object(SecretValue value) {
        try {
            JsonNode node = MAPPER.readTree(value.reveal());
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
