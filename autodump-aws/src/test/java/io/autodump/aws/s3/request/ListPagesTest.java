package io.autodump.aws.s3.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

class ListPagesTest {
    @Test
    void followsThePagesToTheLast() {
        assertThat(ListPages.of("dumps", List.of(page("a"), page("b"), last()))).hasSize(3);
    }

    @Test
    void refusesAListWithoutEnd() {
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> ListPages.of("dumps", List.of(page("a"), page("a"), last()))
                        .forEach(page -> {}));

        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(refused.description()).startsWith("the list of bucket dumps doesn't end");
    }

    /** A web page with status 200: the bucket isn't empty. */
    @Test
    void refusesWhatIsNoList() {
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> ListPages.of(
                                "dumps", List.of(ListObjectsV2Response.builder().build()))
                        .forEach(page -> {}));

        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(refused.description()).startsWith("the list of bucket dumps isn't one of S3");
    }

    private static ListObjectsV2Response page(String next) {
        return ListObjectsV2Response.builder()
                .isTruncated(true)
                .nextContinuationToken(next)
                .build();
    }

    private static ListObjectsV2Response last() {
        return ListObjectsV2Response.builder().isTruncated(false).build();
    }
}
