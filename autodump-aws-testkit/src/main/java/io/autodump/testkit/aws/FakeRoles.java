package io.autodump.testkit.aws;

import java.time.Duration;
import java.time.Instant;

/** GetCallerIdentity and AssumeRole. The access key of a role is its name, so that a test can see which role called. */
final class FakeRoles {
    private FakeRoles() {}

    static FakeAnswer identity() {
        return FakeAnswer.ofXml("<Arn>arn:aws:iam::" + FakeAws.ACCOUNT
                + ":user/operator</Arn><UserId>AIDAEXAMPLE</UserId>" + "<Account>" + FakeAws.ACCOUNT + "</Account>");
    }

    static FakeAnswer assume(FakeRequest request) {
        String arn = request.field("RoleArn");
        return FakeAnswer.ofXml("<Credentials><AccessKeyId>" + arn.substring(arn.lastIndexOf('/') + 1)
                + "</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>"
                + Instant.now().plus(Duration.ofHours(1)) + "</Expiration></Credentials>");
    }
}
