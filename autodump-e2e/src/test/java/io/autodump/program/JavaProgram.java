package io.autodump.program;

import io.autodump.testkit.program.ClassDataArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program as the build leaves it, a folder of jars, and how Java runs it here: with an archive of its classes. */
public enum JavaProgram {
    COMMAND("../autodump-cli/target/dist/lib", "io.autodump.cli.Main") {
        @Override
        String archive(Path archive, List<String> java) {
            return ClassDataArchive.ofList(archive, java, libraries().resolve("classes"), List.of(main()));
        }
    },
    CONTAINER("../autodump-dumper/target/image/lib", "io.autodump.dumper.DumperMain") {
        @Override
        String archive(Path archive, List<String> java) {
            return ClassDataArchive.ofRun(archive, java, List.of(main(), "smoke"));
        }
    };

    private final String libraries;
    private final String main;

    JavaProgram(String libraries, String main) {
        this.libraries = libraries;
        this.main = main;
    }

    abstract String archive(Path archive, List<String> java);

    Path libraries() {
        return Path.of(libraries).toAbsolutePath().normalize();
    }

    String main() {
        return main;
    }

    /** A command line that arguments follow. */
    public List<String> words(List<String> options) {
        List<String> words = java();
        if (Files.isDirectory(libraries())) {
            words.add(archive(Path.of("target", main + ".jsa").toAbsolutePath(), java()));
        }
        words.addAll(options);
        words.add(main);
        return words;
    }

    private List<String> java() {
        Path jars = libraries();
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-cp",
                Files.isDirectory(jars) ? jars + "/*" : System.getProperty("java.class.path")));
    }
}
