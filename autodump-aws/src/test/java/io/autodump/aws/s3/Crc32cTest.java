package io.autodump.aws.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32cTest {
    private static final byte[] BYTES = random(1 << 19);

    @Test
    void knowsTheChecksumOfTheStandard() {
        byte[] digits = "123456789".getBytes(US_ASCII);

        assertThat(crc(digits, 0, 9).value()).isEqualTo(0xE3069283);
        assertThat(crc(digits, 0, 4).followedBy(crc(digits, 4, 5), 5).value()).isEqualTo(0xE3069283);
    }

    @Test
    void combinesNothingWithNothing() {
        assertThat(Crc32c.EMPTY.followedBy(Crc32c.EMPTY, 0)).isEqualTo(Crc32c.EMPTY);
        assertThat(Crc32c.EMPTY).isEqualTo(crc(BYTES, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 255, 256, 1024, 4096, 65_536, 131_072})
    void combinesSizesAroundPowersOfTwo(int size) {
        IntStream.rangeClosed(size - 1, size + 1).forEach(first -> {
            assertCombines(first, 0);
            assertCombines(0, first);
            assertCombines(first, size);
            assertCombines(size, first);
            assertCombines(first, 1);
        });
    }

    @Test
    void combinesRandomSizes() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            int first = random.nextInt(BYTES.length);
            assertCombines(first, random.nextInt(BYTES.length - first));
        }
    }

    @Test
    void combinesMoreBytesThanAnIntCounts() {
        long gibibytes = 5;
        Crc32c part = crc(new byte[1 << 20], 0, 1 << 20);
        Crc32c combined = Crc32c.EMPTY;
        for (long i = 0; i < gibibytes * 1024; i++) {
            combined = combined.followedBy(part, 1 << 20);
        }

        Crc32c half = Crc32c.EMPTY;
        for (long i = 0; i < gibibytes * 512; i++) {
            half = half.followedBy(part, 1 << 20);
        }
        assertThat(half.followedBy(half, gibibytes << 29)).isEqualTo(combined);
    }

    private static void assertCombines(int first, int second) {
        assertThat(crc(BYTES, 0, first).followedBy(crc(BYTES, first, second), second))
                .as("%d bytes and %d", first, second)
                .isEqualTo(crc(BYTES, 0, first + second));
    }

    private static Crc32c crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return new Crc32c((int) crc.getValue());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(3).nextBytes(bytes);
        return bytes;
    }
}
