package io.autodump.local.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.local.file.DurableFiles;
import io.autodump.local.file.RegularFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Small JSON objects by name, each in a file of its own. A reader finds the earlier object or the new one. The end of
 * the program may interrupt a thread that works on them: what it does is done again then, and the interrupt stays.
 */
final class StateFiles {
    private static final String SUFFIX = ".json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;
    private final DurableFiles files = new DurableFiles();

    StateFiles(Path folder) {
        this.folder = folder;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Empty if there is none, or if it isn't an object: what can't be read is forgotten. */
    Optional<ObjectNode> read(String name) throws IOException {
        return read(file(name));
    }

    List<ObjectNode> all() throws IOException {
        List<ObjectNode> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file :
                    entries.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                read(file).ifPresent(found::add);
            }
        } catch (NoSuchFileException noneYet) {
            return List.of();
        }
        return found;
    }

    private static Optional<ObjectNode> read(Path file) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(uninterrupted(() -> RegularFile.read(file, 1)));
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException none) {
            return Optional.empty();
        }
    }

    void write(String name, ObjectNode object) throws IOException {
        byte[] json = object.toPrettyString().getBytes(StandardCharsets.UTF_8);
        uninterrupted(() -> write(file(name), json));
    }

    private Path write(Path file, byte[] json) throws IOException {
        files.createFolders(folder);
        Path temporary = folder.resolve(UUID.randomUUID() + ".tmp");
        try {
            files.writeNew(temporary, json);
            files.replace(temporary, file);
            files.syncFolder(folder);
            return file;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void delete(String name) throws IOException {
        Path file = file(name);
        uninterrupted(() -> {
            files.delete(file);
            return file;
        });
    }

    @FunctionalInterface
    private interface FileWork<T> {
        T go() throws IOException;
    }

    private static <T> T uninterrupted(FileWork<T> work) throws IOException {
        try {
            return work.go();
        } catch (ClosedByInterruptException interrupted) {
            Thread.interrupted();
            try {
                return work.go();
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A name may hold any characters, and be longer than the name of a file. */
    private Path file(String name) {
        return folder.resolve(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + SUFFIX);
    }
}
