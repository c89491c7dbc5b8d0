package io.autodump.local.secret;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes secret files as a person would. */
public final class SecretFiles {
    private static final String VALUE = """
            {"username": "autodump", "password": "p4ss", "databasename": "shop", "endpoint": "localhost", \
            "engine": "postgres", "bucketname": "dumps"}""";

    private SecretFiles() {}

    public static Path write(Path folder, String name, Map<String, String> tags) {
        try {
            JsonMapper mapper = new JsonMapper();
            ObjectNode node = mapper.createObjectNode().put("name", name);
            ObjectNode all = node.putObject("tags");
            tags.forEach(all::put);
            node.set("value", mapper.readTree(VALUE));
            return write(folder, name, node.toPrettyString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static Path write(Path folder, String name, String json) {
        try {
            Path file = folder.resolve(name + ".json");
            Files.createDirectories(file.getParent());
            return Files.writeString(file, json);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
