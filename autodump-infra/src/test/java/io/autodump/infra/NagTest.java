package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.s3.Bucket;

/** The AwsSolutions pack of cdk-nag. */
class NagTest {
    @Test
    void findsNothingInAStandardStack() {
        assertThat(Synthesized.STANDARD.findings()).isEmpty();
    }

    @Test
    void findsNothingWithEverythingSwitchedOn() {
        assertThat(Synthesized.EVERYTHING.findings()).isEmpty();
    }

    @Test
    void findsNothingWithExistingBuckets() {
        assertThat(Synthesized.EXISTING.findings()).isEmpty();
    }

    @Test
    void findsWhatIsWrongElsewhere() {
        Stack wrong = new Stack(new App(), "Wrong");
        new Bucket(wrong, "Open");
        Aspects.of(wrong).add(new AwsSolutionsChecks());

        assertThat(Annotations.fromStack(wrong).findError("*", Match.stringLikeRegexp("AwsSolutions-S10.*")))
                .isNotEmpty();
    }

    @Test
    void everyExceptionSaysWhy() {
        List<JsonNode> exceptions = Stream.of(Synthesized.STANDARD, Synthesized.EVERYTHING, Synthesized.EXISTING)
                .flatMap(each -> each.json().findValues("rules_to_suppress").stream())
                .flatMap(rules -> StreamSupport.stream(rules.spliterator(), false))
                .toList();

        assertThat(exceptions)
                .isNotEmpty()
                .allSatisfy(exception ->
                        assertThat(exception.path("reason").asText()).hasSizeGreaterThan(30));
        assertThat(exceptions)
                .filteredOn(exception -> exception.path("id").asText().equals("AwsSolutions-IAM5"))
                .as("a wildcard is excused one by one")
                .allSatisfy(
                        exception -> assertThat(exception.path("applies_to")).isNotEmpty());
    }
}
