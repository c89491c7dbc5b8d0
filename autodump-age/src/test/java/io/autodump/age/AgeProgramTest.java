package io.autodump.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our files and those of the program {@code age}, each read by the other. */
class AgeProgramTest {
    private static final byte[] PLAIN = new byte[200_000];

    static {
        new Random(1).nextBytes(PLAIN);
    }

    @TempDir
    private Path folder;

    @BeforeEach
    void requireAge() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/age")), "the program age isn't there (apt-get install age)");
    }

    @Test
    void theProgramDecryptsOurFiles() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream stream =
                AgeEncryption.create().encrypt(List.of(SampleKeys.FOREIGN, SampleKeys.RECIPIENT), file)) {
            stream.write(PLAIN);
        }
        Path keys = SampleKeys.write(folder.resolve("keys"), SampleKeys.IDENTITY);

        assertThat(age(file.toByteArray(), "--decrypt", "--identity", keys.toString()))
                .isEqualTo(PLAIN);
    }

    @Test
    void weDecryptFilesOfTheProgram() throws Exception {
        byte[] file = age(PLAIN, "--recipient", SampleKeys.OTHER.text(), "--recipient", SampleKeys.RECIPIENT.text());
        Path keys = SampleKeys.write(folder.resolve("keys"), SampleKeys.IDENTITY);

        try (InputStream stream = AgeEncryption.withIdentities(keys).decrypt(new ByteArrayInputStream(file))) {
            assertThat(stream.readAllBytes()).isEqualTo(PLAIN);
        }
    }

    private byte[] age(byte[] input, String... options) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>(List.of("age"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(folder.resolve("err"))).isZero();
        return Files.readAllBytes(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unread) {
            return unread.toString();
        }
    }
}
