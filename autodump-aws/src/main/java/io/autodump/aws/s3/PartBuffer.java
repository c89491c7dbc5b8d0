package io.autodump.aws.s3;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * One part, held in memory until S3 has it: a retry needs its bytes again. Filled by one thread and then read by another,
 * to which it is handed over safely.
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

    /** From 1. */
    int number() {
        return number;
    }

    long length() {
        return length;
    }

    boolean isFull() {
        return length == capacity;
    }

    /** Of the bytes as they were handed in, so that whatever happens to them on the way is found. */
    Crc32c checksum() {
        return new Crc32c((int) crc.getValue());
    }

    /** Takes in as many bytes as fit into the current segment, and says how many those were. */
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

    /** The bytes from the beginning; each attempt to send them opens them anew. */
    InputStream open() {
        return new Content();
    }

    /** Gives the memory to the parts that follow; nothing reads this one any more. */
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
