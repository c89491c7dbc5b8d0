package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class PartBufferTest {
    private static final int SEGMENT = SegmentPool.SEGMENT;

    @Test
    void givesBackEveryByteAsOftenAsItIsOpened() throws Exception {
        byte[] bytes = new byte[2 * SEGMENT + 17];
        new Random(5).nextBytes(bytes);
        SegmentPool pool = new SegmentPool(3L * SEGMENT);
        PartBuffer part = new PartBuffer(1, bytes.length, pool);
        fill(part, bytes);

        assertThat(part.isFull()).isTrue();
        assertThat(readAll(part)).isEqualTo(bytes);
        assertThat(readAll(part)).isEqualTo(bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        assertThat(part.checksum()).isEqualTo(new Crc32c((int) crc.getValue()));
    }

    @Test
    void readsSingleBytesToo() throws Exception {
        PartBuffer part = new PartBuffer(1, 2, new SegmentPool(SEGMENT));
        part.append(new byte[] {(byte) 0xff, 7}, 0, 2);
        try (InputStream in = part.open()) {
            assertThat(List.of(in.available(), in.read(), in.read(), in.read())).containsExactly(2, 255, 7, -1);
        }
    }

    @Test
    void usesMemoryAgainAndTakesItOnlyWhenItIsNeeded() throws Exception {
        SegmentPool pool = new SegmentPool(4L * SEGMENT);
        for (int number = 1; number <= 10; number++) {
            PartBuffer part = new PartBuffer(number, 2L * SEGMENT, pool);
            fill(part, new byte[2 * SEGMENT]);
            part.release();
        }

        assertThat(pool.allocatedBytes()).isEqualTo(2L * SEGMENT);
    }

    @Test
    void waitsForMemoryUntilAPartIsSent() throws Exception {
        SegmentPool pool = new SegmentPool(SEGMENT);
        PartBuffer first = new PartBuffer(1, SEGMENT, pool);
        fill(first, new byte[SEGMENT]);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> appendOne(pool));

        assertThat(second.getNow(-1)).isEqualTo(-1);
        first.release();

        assertThat(second.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(1);
        assertThat(pool.allocatedBytes()).isEqualTo(SEGMENT);
    }

    private static int appendOne(SegmentPool pool) {
        try {
            return new PartBuffer(2, SEGMENT, pool).append(new byte[1], 0, 1);
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static void fill(PartBuffer part, byte[] bytes) throws InterruptedException {
        for (int done = 0; done < bytes.length; ) {
            done += part.append(bytes, done, bytes.length - done);
        }
    }

    private static byte[] readAll(PartBuffer part) throws IOException {
        try (InputStream in = part.open()) {
            return in.readAllBytes();
        }
    }
}
