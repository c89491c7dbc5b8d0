package io.autodump.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Who is told: one topic for failed dumps, and one, the same by default, for alarms. */
final class Notifications extends Construct {
    private final ITopic topic;
    private final ITopic alarmTopic;

    Notifications(Construct scope, AutoDumpProps props, Key ownKey) {
        super(scope, "Notifications");
        topic = props.notificationTopic().orElseGet(() -> topic(ownKey));
        alarmTopic = props.alarmTopic().orElse(topic);
        for (String address : props.notificationEmails()) {
            topic.addSubscription(new EmailSubscription(address));
        }
    }

    ITopic topic() {
        return topic;
    }

    IAlarmAction alarmAction() {
        return new SnsAction(alarmTopic);
    }

    private Topic topic(Key ownKey) {
        letAlarmsUse(ownKey);
        Topic made = Topic.Builder.create(this, "Topic")
                .displayName("AutoDump")
                .masterKey(ownKey)
                .enforceSsl(true)
                .build();
        // The refusal of clear text replaces the policy that a topic has by itself, by which alarms could publish.
        made.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsMayNotify")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(made.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
        return made;
    }

    /** Without it an alarm goes off and nobody hears it: SNS refuses a message that it can't encrypt. */
    private static void letAlarmsUse(IKey key) {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsMayNotify")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                // In a key's own policy "*" is that key.
                .resources(List.of("*"))
                .build());
    }
}
