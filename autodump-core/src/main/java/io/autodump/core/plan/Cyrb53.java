package io.autodump.core.plan;

/**
 * The 53-bit hash of the original system's tags hash (the public-domain "cyrb53", seed 0). It runs two 32-bit lanes
 * over UTF-16 code units; multiplications wrap at 32 bits as JavaScript's {@code Math.imul} does.
 */
final class Cyrb53 {
    private Cyrb53() {}

    /** Returns a number of at most 53 bits, which a JavaScript number holds exactly. */
    static long hash(String text) {
        int h1 = 0xdeadbeef;
        int h2 = 0x41c6ce57;
        for (int i = 0; i < text.length(); i++) {
            h1 = (h1 ^ text.charAt(i)) * 0x9e3779b1;
            h2 = (h2 ^ text.charAt(i)) * 0x5f356495;
        }
        h1 = mix(h1, h2);
        h2 = mix(h2, h1);
        return (h2 & 0x1fffffL) << 32 | Integer.toUnsignedLong(h1);
    }

    private static int mix(int lane, int other) {
        return ((lane ^ (lane >>> 16)) * 0x85ebca6b) ^ ((other ^ (other >>> 13)) * 0xc2b2ae35);
    }
}
