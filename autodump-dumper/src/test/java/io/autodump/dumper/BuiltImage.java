package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The image, built for real, and its root file system, which containers are made of here without an engine. */
final class BuiltImage implements AutoCloseable {
    private static final String NAME = "localhost/autodump-dumper:test";
    /** The version of the server whose programs are in the image, for drills. */
    private static final int SERVER = 15;

    private static final Path SCRIPTS = Path.of("src/test/image").toAbsolutePath();

    private final Path storage;
    private final Path root;
    private final JsonNode config;

    private BuiltImage(Path storage) throws IOException, InterruptedException {
        this.storage = storage;
        answer(SCRIPTS.resolve("build").toString(), storage.toString(), NAME);
        String container = answer("buildah", "from", NAME);
        this.root = Path.of(answer("buildah", "mount", container));
        this.config = new JsonMapper()
                .readTree(answer("buildah", "inspect", "--type", "image", NAME))
                .at("/OCIv1/config");
    }

    static BuiltImage build() throws IOException, InterruptedException {
        return new BuiltImage(Files.createTempDirectory("autodump-image"));
    }

    /** What a container engine knows of the image: user, entry point, environment, labels. */
    JsonNode config() {
        return config;
    }

    Path root() {
        return root;
    }

    /**
     * Runs the entry point as the image's user, with nothing but the image's environment and this, on a root file
     * system that is read-only.
     */
    DumperProcess run(Path folder, Map<String, String> environment, String... arguments) {
        return run(entryPoint(), folder, environment, List.of(arguments));
    }

    /** The same with one more option for Java. */
    DumperProcess runWith(String javaOption, Path folder, Map<String, String> environment, String... arguments) {
        List<String> words = entryPoint();
        words.add(words.size() - 1, javaOption);
        return run(words, folder, environment, List.of(arguments));
    }

    private List<String> entryPoint() {
        List<String> words = new ArrayList<>();
        config.path("Entrypoint").forEach(word -> words.add(word.asText()));
        return words;
    }

    private DumperProcess run(
            List<String> words, Path folder, Map<String, String> environment, List<String> arguments) {
        Map<String, String> all = new HashMap<>();
        for (JsonNode variable : config.path("Env")) {
            String[] parts = variable.asText().split("=", 2);
            all.put(parts[0], parts[1]);
        }
        all.putAll(environment);
        List<String> command = new ArrayList<>(List.of(
                SCRIPTS.resolve("run-read-only").toString(),
                root.toString(),
                config.path("User").asText()));
        command.addAll(words);
        command.addAll(arguments);
        return DumperProcess.start(folder, command, all);
    }

    private String answer(String... command) throws IOException, InterruptedException {
        Path err = Files.createTempFile("autodump-image-answer", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment()
                    .put(
                            "CONTAINERS_STORAGE_CONF",
                            storage.resolve("storage.conf").toString());
            builder.environment().put("POSTGRES_SERVERS", String.valueOf(SERVER));
            Process process = builder.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor())
                    .as("%s%n%s%n%s", List.of(command), answer, Files.readString(err))
                    .isZero();
            return answer;
        } finally {
            Files.delete(err);
        }
    }

    /** Whether this machine can build one; the image's test needs root on Debian. */
    static boolean canBeBuiltHere() {
        return "root".equals(System.getProperty("user.name"))
                && Files.exists(Path.of("/etc/debian_version"))
                && Stream.of("/usr/bin/buildah", "/usr/sbin/debootstrap").allMatch(tool -> Files.exists(Path.of(tool)));
    }

    @Override
    public void close() throws IOException {
        try {
            answer(SCRIPTS.resolve("remove").toString(), storage.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
