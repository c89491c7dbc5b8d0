package io.autodump.testkit.aws;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object or a part. Equal blocks of all objects are kept once, so that a large object of repeated
 * blocks takes little memory. Immutable.
 */
final class StrictS3Bytes {
    private static final int BLOCK = 1 << 18;

    private final List<ByteBuffer> blocks;
    private final long size;
    private final byte[] md5;

    private StrictS3Bytes(List<ByteBuffer> blocks, byte[] md5) {
        this.blocks = List.copyOf(blocks);
        this.size = blocks.stream().mapToLong(ByteBuffer::remaining).sum();
        this.md5 = md5;
    }

    /** The blocks of one server. Thread-safe. */
    static final class Blocks {
        private final Map<ByteBuffer, ByteBuffer> known = new ConcurrentHashMap<>();

        StrictS3Bytes of(byte[] bytes) {
            List<ByteBuffer> blocks = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += BLOCK) {
                blocks.add(block(bytes, from, Math.min(BLOCK, bytes.length - from)));
            }
            return new StrictS3Bytes(blocks, StrictS3Request.md5(bytes));
        }

        private ByteBuffer block(byte[] bytes, int from, int length) {
            @Nullable ByteBuffer same = known.get(ByteBuffer.wrap(bytes, from, length));
            return same == null
                    ? known.computeIfAbsent(
                            ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + length)), block -> block)
                    : same;
        }
    }

    /** Returns parts one behind the other; the digest is that of their digests, as in the ETag of an upload. */
    static StrictS3Bytes joined(List<StrictS3Bytes> parts) {
        MessageDigest digests = StrictS3Request.newMd5();
        List<ByteBuffer> blocks = new ArrayList<>();
        for (StrictS3Bytes part : parts) {
            blocks.addAll(part.blocks);
            digests.update(part.md5);
        }
        return new StrictS3Bytes(blocks, digests.digest());
    }

    long size() {
        return size;
    }

    byte[] md5() {
        return md5.clone();
    }

    /** Writes everything from an offset on. */
    void writeTo(OutputStream target, long from) throws IOException {
        long skip = from;
        for (ByteBuffer block : blocks) {
            if (skip >= block.remaining()) {
                skip -= block.remaining();
            } else {
                int offset = (int) skip;
                target.write(
                        block.array(), block.arrayOffset() + block.position() + offset, block.remaining() - offset);
                skip = 0;
            }
        }
    }
}
