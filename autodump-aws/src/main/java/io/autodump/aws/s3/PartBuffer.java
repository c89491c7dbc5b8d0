package io.autodump.aws.s3;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * One part, in memory until S3 has it, because a retry needs its bytes. One thread fills it. Then it is handed over
 * safely to another thread, which reads it.
 */
final class PartBuffer {
    private final int number;
    private final long capacity;
    private final SegmentPool pool;
    private final List<byte[]> segments = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private long length;

    PartBuffer(int number, long capacity, SegmentPool pool) {
        this.number = number;
        this.capacity = capacity;
        this.pool = pool;
    }

    /** Returns the number of the part; the first is 1. */
    int number() {
        return number;
    }

    long length() {
        return length;
    }

    boolean isFull() {
        return length == capacity;
    }

    /** Returns the checksum of the bytes as they were passed in, so that later changes are detected. */
    Crc32c checksum() {
        return new Crc32c((int) crc.getValue());
    }

    /** Copies as many bytes as fit into the current segment, and returns their number. */
    int append(byte[] bytes, int offset, int available) throws InterruptedException {
        int position = (int) (length % SegmentPool.SEGMENT);
        if (position == 0) {
            segments.add(pool.take());
        }
        int room = (int) Math.min(SegmentPool.SEGMENT - position, capacity - length);
        int taken = Math.min(room, available);
        System.arraycopy(bytes, offset, segments.get(segments.size() - 1), position, taken);
        crc.update(bytes, offset, taken);
        length += taken;
        return taken;
    }

    /** Opens the bytes from the beginning. Each attempt to send them opens them again. */
    InputStream open() {
        return new Content();
    }

    /** Returns the memory to the pool. The part must not be read afterwards. */
    void release() {
        pool.giveBack(segments);
        segments.clear();
    }

    private final class Content extends InputStream {
        private long position;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int wanted) {
            Objects.checkFromIndexSize(offset, wanted, target.length);
            if (wanted == 0) {
                return 0;
            }
            if (position == length) {
                return -1;
            }
            int from = (int) (position % SegmentPool.SEGMENT);
            int there = (int) Math.min(SegmentPool.SEGMENT - from, length - position);
            int count = Math.min(there, wanted);
            System.arraycopy(segments.get((int) (position / SegmentPool.SEGMENT)), from, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, length - position);
        }
    }
}
