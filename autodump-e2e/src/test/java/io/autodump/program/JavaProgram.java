package io.autodump.program;

import com.google.common.collect.ImmutableList;
import io.autodump.testkit.ClassDataArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A program as the build leaves it, a folder of jars, and how Java runs it here: with an archive of its classes. */
public enum JavaProgram {
    COMMAND(
            "../autodump-cli/target/dist/lib",
            "io.autodump.cli.Main",
            ImmutableList.of("doctor", "--secrets", "aws", "--store", "s3://autodump-example")),
    CONTAINER("../autodump-dumper/target/image/lib", "io.autodump.dumper.DumperMain", ImmutableList.of("smoke"));

    private final String libraries;
    private final String main;
    private final ImmutableList<String> training;

    JavaProgram(String libraries, String main, ImmutableList<String> training) {
        this.libraries = Path.of(libraries).toAbsolutePath().toString();
        this.main = main;
        this.training = training;
    }

    /** A command line that arguments follow. */
    public List<String> words(List<String> options) {
        List<String> words = java();
        if (Files.isDirectory(Path.of(libraries))) {
            words.add(archive());
        }
        words.addAll(options);
        words.add(main);
        return words;
    }

    private List<String> java() {
        String classPath =
                Files.isDirectory(Path.of(libraries)) ? libraries + "/*" : System.getProperty("java.class.path");
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-cp",
                classPath));
    }

    /** Filled by a run that loads most of what there is, also for AWS, and that nothing answers. */
    private String archive() {
        Path target = Path.of("target").toAbsolutePath();
        List<String> run = new ArrayList<>(List.of(main));
        run.addAll(training);
        return ClassDataArchive.option(
                target.resolve(name().toLowerCase(Locale.ROOT) + ".jsa"),
                java(),
                run,
                Map.of(
                        "HOME", target.resolve("absent").toString(),
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_REGION", "us-east-1"));
    }
}
