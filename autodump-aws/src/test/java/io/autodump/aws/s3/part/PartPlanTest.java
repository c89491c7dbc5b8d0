package io.autodump.aws.s3.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.s3.request.S3Limits;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PartPlanTest {
    private static final long MIB = S3Limits.MIB;
    private static final long GIB = S3Limits.GIB;

    @Test
    void growsFromSmallPartsToWhatTenThousandNeedForFiveTebibytes() {
        PartPlan plan = PartPlan.reaching(8 * MIB, GIB, S3Limits.COMMON_MAX_OBJECT);

        assertThat(plan.sizeOf(1)).isEqualTo(8 * MIB);
        assertThat(plan.sizeOf(S3Limits.MAX_PARTS)).isEqualTo(GIB);
        assertThat(sizes(plan).sum()).isEqualTo(plan.reach()).isGreaterThanOrEqualTo(S3Limits.COMMON_MAX_OBJECT);
    }

    @Test
    void growsNoFasterThanItMust() {
        PartPlan plan = PartPlan.reaching(8 * MIB, GIB, S3Limits.COMMON_MAX_OBJECT);
        PartPlan slower = new PartPlan(plan.first(), plan.largest(), plan.partsPerSize() + 1);

        assertThat(slower.reach()).isLessThan(S3Limits.COMMON_MAX_OBJECT);
    }

    @Test
    void reachesTheLargestObjectThatS3Takes() {
        PartPlan plan = PartPlan.reaching(8 * MIB, S3Limits.MAX_PART, S3Limits.MAX_OBJECT);

        assertThat(sizes(plan).sum()).isEqualTo(S3Limits.MAX_OBJECT).isEqualTo(53_687_091_200_000L);
    }

    @Test
    void keepsEveryPartBetweenTheLimitsAndNeverShrinks() {
        for (long largest : List.of(5 * MIB, 8 * MIB, 13 * MIB, 64 * MIB, GIB, 3 * GIB + 1, S3Limits.MAX_PART)) {
            for (int step : new int[] {0, 1, 2, 7, 812, 999, 1000, 5000, 9_999, 10_000}) {
                PartPlan plan = new PartPlan(S3Limits.MIN_PART, largest, step);
                long[] sizes = sizes(plan).toArray();

                assertThat(sizes).isSorted();
                assertThat(sizes[0]).isGreaterThanOrEqualTo(S3Limits.MIN_PART);
                assertThat(sizes[sizes.length - 1]).isLessThanOrEqualTo(largest);
                assertThat(LongStream.of(sizes).sum()).isEqualTo(plan.reach());
            }
        }
    }

    @Test
    void staysAtOneSizeWhereThatIsEnough() {
        PartPlan plan = PartPlan.reaching(8 * MIB, GIB, 70 * GIB);

        assertThat(sizes(plan).distinct().toArray()).containsExactly(8 * MIB);
    }

    @Test
    void saysWhatCanNotBeReached() {
        assertThatThrownBy(() -> PartPlan.reaching(8 * MIB, 100 * MIB, S3Limits.TIB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("10000 parts of at most 100.0 MiB can't hold 1.0 TiB");
    }

    @Test
    void refusesPartsThatS3Refuses() {
        assertThatThrownBy(() -> new PartPlan(S3Limits.MIN_PART - 1, GIB, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartPlan(8 * MIB, S3Limits.MAX_PART + 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartPlan(8 * MIB, 7 * MIB, 1)).isInstanceOf(IllegalArgumentException.class);
        PartPlan plan = new PartPlan(8 * MIB, GIB, 1);
        assertThatThrownBy(() -> plan.sizeOf(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan.sizeOf(10_001)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LongStream sizes(PartPlan plan) {
        return IntStream.rangeClosed(1, S3Limits.MAX_PARTS).mapToLong(plan::sizeOf);
    }
}
