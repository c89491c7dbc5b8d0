package io.autodump.dumper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.aws.log.JsonLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link DumperMain} in the JVM of the test, to its end: for all that isn't about its process, whose start costs more
 * processor time than a dump ({@link DumperProcess}).
 *
 * @param text what it wrote
 */
record InProcessDumper(int exitStatus, String text) implements DumperOutput {
    /** What the SDK reads from the environment, and the property that it reads too. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
            "AWS_ENDPOINT_URL", "aws.endpointUrl",
            "AWS_ENDPOINT_URL_S3", "aws.endpointUrlS3");

    /** The SDK and Java see this environment while it runs; so one runs at a time. */
    static InProcessDumper run(Path folder, Map<String, String> environment, String... arguments) {
        Map<String, String> properties = new HashMap<>();
        properties.put("java.io.tmpdir", folder.toString());
        PROPERTIES.forEach((variable, property) -> properties.put(property, environment.get(variable)));
        Map<String, String> before = new HashMap<>();
        properties.keySet().forEach(name -> before.put(name, System.getProperty(name)));
        properties.forEach(InProcessDumper::set);
        try {
            return run(environment, List.of(arguments));
        } finally {
            before.forEach(InProcessDumper::set);
        }
    }

    private static InProcessDumper run(Map<String, String> environment, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonLog log = new JsonLog(new PrintStream(out, true, UTF_8), Clock.systemUTC());
        int exitStatus = new DumperMain(environment, log, new Termination(log)).run(arguments);
        log.flush();
        return new InProcessDumper(exitStatus, out.toString(UTF_8));
    }

    private static void set(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }
}
