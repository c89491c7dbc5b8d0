package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveFollowerTest {
    private static final int NEWEST = 16;

    /** Tables with and without rows, a sequence, large objects, and entries without data. */
    private static ArchiveBytes shop(int minor, int offsetSize) {
        return new ArchiveBytes(minor, offsetSize)
                .entry(1, "ENCODING", null, "ENCODING", false)
                .entry(215, "TABLE", "public", "orders", false)
                .entry(3301, "TABLE DATA", "public", "orders", true)
                .entry(3302, "TABLE DATA", "public", "empty", true)
                .entry(3303, "SEQUENCE SET", "public", "orders_id_seq", false)
                .entry(3304, "BLOBS", null, "BLOBS", true)
                .entry(3305, "TABLE DATA", "sales", "lines", true)
                .entry(3306, "INDEX", "public", "orders_idx", false);
    }

    private static byte[] whole(int minor, int offsetSize) {
        return shop(minor, offsetSize)
                .rows(3301, "1\tone\n", "2\t" + "two".repeat(300) + "\n", "\\.\n")
                .rows(3302)
                .largeObjects(3304, 16400, 4_000_000_000L)
                .rows(3305, "x".repeat(9_000))
                .bytes();
    }

    @ParameterizedTest
    @CsvSource({"12,8", "13,8", "14,8", "15,8", "16,8", "16,4"})
    void takesAWholeArchiveOfEveryVersionHoweverItIsCutUp(int minor, int offsetSize) {
        byte[] archive = whole(minor, offsetSize);
        for (int piece : new int[] {1, 2, 5, 6, 7, 100, 4096, archive.length}) {
            assertThat(problem(archive, piece)).as("pieces of %s bytes", piece).isEmpty();
        }
        for (int seed = 0; seed < 200; seed++) {
            assertThat(problemAtRandomPieces(archive, new Random(seed)))
                    .as("seed %s", seed)
                    .isEmpty();
        }
    }

    @Test
    void takesAnArchiveWithoutAnyEntry() {
        assertThat(problem(new ArchiveBytes(NEWEST, 8).bytes(), 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 14, 15, 16})
    void refusesEveryLengthButTheFullOne(int minor) {
        byte[] archive = whole(minor, 8);
        for (int length = 0; length < archive.length; length++) {
            assertThat(problem(Arrays.copyOf(archive, length), 997))
                    .as("%s bytes of %s", length, archive.length)
                    .isPresent();
        }
    }

    @Test
    void refusesWhateverIsAppended() {
        byte[] archive = whole(NEWEST, 8);
        for (byte appended : new byte[] {0, 1, 3, 4, 'x'}) {
            byte[] longer = Arrays.copyOf(archive, archive.length + 1);
            longer[archive.length] = appended;
            assertThat(problem(longer, 4096).orElseThrow())
                    .isEqualTo("something follows its last block, at byte " + archive.length);
        }
        byte[] twice = Arrays.copyOf(archive, 2 * archive.length);
        System.arraycopy(archive, 0, twice, archive.length, archive.length);
        assertThat(problem(twice, 4096)).isPresent();
    }

    @Test
    void namesTheRowsThatAreMissingAtTheEnd() {
        byte[] archive = shop(NEWEST, 8).rows(3301, "1\n").rows(3302).bytes();
        assertThat(problem(archive, 512).orElseThrow())
                .isEqualTo(
                        "the large objects are missing, and 1 more of 4 blocks are missing; the archive ends before a"
                                + " block, after " + archive.length + " bytes");
    }

    @Test
    void namesTheRowsThatAreCutShort() {
        byte[] archive = whole(NEWEST, 8);
        assertThat(problem(Arrays.copyOf(archive, archive.length - 1), 512).orElseThrow())
                .isEqualTo("the rows of sales.lines are incomplete; the archive ends in the middle of a block, after "
                        + (archive.length - 1) + " bytes");
    }

    @Test
    void refusesABlockThatIsLeftOutRepeatedOrInAnotherPlace() {
        ArchiveBytes leftOut =
                shop(NEWEST, 8).rows(3301, "1\n").largeObjects(3304).rows(3305);
        assertThat(problem(leftOut.bytes(), 64).orElseThrow()).startsWith("the rows of public.empty are missing");

        ArchiveBytes repeated = shop(NEWEST, 8)
                .rows(3301, "1\n")
                .rows(3301, "1\n")
                .rows(3302)
                .largeObjects(3304)
                .rows(3305);
        assertThat(problem(repeated.bytes(), 64)).isPresent();

        ArchiveBytes swapped =
                shop(NEWEST, 8).rows(3302).rows(3301, "1\n").largeObjects(3304).rows(3305);
        assertThat(problem(swapped.bytes(), 64)).isPresent();
    }

    @Test
    void refusesABlockOfTheWrongKind() {
        assertThat(problem(shop(NEWEST, 8).largeObjects(3301, 5).bytes(), 64)).isPresent();
        assertThat(problem(
                        shop(NEWEST, 8)
                                .rows(3301)
                                .rows(3302)
                                .rows(3304)
                                .rows(3305)
                                .bytes(),
                        64))
                .isPresent();
    }

    @Test
    void refusesALengthThatIsntOne() {
        byte[] negative = shop(NEWEST, 8)
                .raw((byte) ArchiveBytes.ROWS)
                .number(3301)
                .number(-7)
                .bytes();
        assertThat(problem(negative, 64).orElseThrow())
                .contains("negative length")
                .contains("public.orders");
        byte[] noSign = shop(NEWEST, 8)
                .raw((byte) ArchiveBytes.ROWS)
                .number(3301)
                .raw(new byte[] {9, 1, 0, 0, 0})
                .bytes();
        assertThat(problem(noSign, 64).orElseThrow()).startsWith("there is no number");
    }

    @Test
    void findsEveryLengthOfARealSizeThatIsChanged() {
        byte[] archive = whole(NEWEST, 8);
        int head = shop(NEWEST, 8).bytes().length;
        // The first block: its type, its entry, the length of its first chunk, and the chunk.
        int length = head + 1 + 5;
        for (int index = length + 1; index < length + 5; index++) {
            byte[] changed = archive.clone();
            changed[index] ^= 0x10;
            assertThat(problem(changed, 512)).as("byte %s", index).isPresent();
        }
    }

    @Test
    void refusesAContentsListThatContradictsItself() {
        byte[] archive = new ArchiveBytes(NEWEST, 8)
                .entry(7, "TABLE DATA", "public", "t", true, 3)
                .rows(7)
                .bytes();
        assertThat(problem(archive, 64).orElseThrow()).contains("contents list is damaged");
        assertThat(problem(shop(NEWEST, 8).bytes(-1), 64)).isPresent();
    }

    @Test
    void refusesOtherFormatsAndVersions() {
        assertThat(problem("-- PostgreSQL database dump\n".repeat(10).getBytes(StandardCharsets.UTF_8), 7)
                        .orElseThrow())
                .contains("doesn't begin as an archive");
        assertThat(problem(new ArchiveBytes(17, 8).bytes(), 64).orElseThrow()).contains("version 1.17");
        assertThat(problem(new ArchiveBytes(11, 8).bytes(), 64)).isPresent();
        assertThat(problem(new byte[0], 64)).contains("it is empty");
    }

    /** A list that claims two thousand million entries or a text of as many bytes costs nothing before they come. */
    @Test
    void takesNoMoreMemoryThanComesIn() {
        assertThat(problem(shop(NEWEST, 8).bytes(Integer.MAX_VALUE), 512).orElseThrow())
                .startsWith("it ends within its contents list");
        ArchiveFollower follower = new ArchiveFollower();
        byte[] head = shop(NEWEST, 8)
                .raw((byte) 1)
                .number(3301)
                .number(Integer.MAX_VALUE)
                .bytes();
        follower.accept(head, 0, head.length);
        byte[] rows = new byte[1 << 20];
        for (int i = 0; i < 3000; i++) {
            follower.accept(rows, 0, rows.length);
        }
        assertThat(follower.problem()).isPresent();
    }

    @Test
    void keepsControlCharactersOutOfItsMessages() {
        byte[] archive = new ArchiveBytes(NEWEST, 8)
                .entry(7, "TABLE DATA", "public", "a\u001b[31m\nb", true)
                .bytes();
        assertThat(problem(archive, 64).orElseThrow()).startsWith("the rows of public.a?[31m?b are missing");
    }

    @Test
    void isNeverShakenByAnyChangeOfBytes() {
        byte[] archive = whole(NEWEST, 8);
        Random random = new Random(9);
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = archive.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(problem(changed, 1 + random.nextInt(5_000))).isNotNull();
        }
    }

    static Optional<String> problem(byte[] archive, int piece) {
        ArchiveFollower follower = new ArchiveFollower();
        for (int offset = 0; offset < archive.length; offset += piece) {
            follower.accept(archive, offset, Math.min(piece, archive.length - offset));
        }
        return follower.problem();
    }

    private static Optional<String> problemAtRandomPieces(byte[] archive, Random random) {
        ArchiveFollower follower = new ArchiveFollower();
        int offset = 0;
        while (offset < archive.length) {
            int piece = Math.min(1 + random.nextInt(200), archive.length - offset);
            follower.accept(archive, offset, piece);
            offset += piece;
        }
        return follower.problem();
    }
}
