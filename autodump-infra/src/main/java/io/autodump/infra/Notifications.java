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

/** The topics for failed dumps and for alarms. By default they are the same topic. */
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
        // enforceSsl replaces the default policy of the topic, which would let alarms publish.
        made.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsMayNotify")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(made.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
        return made;
    }

    /** Without this, alarms would be silent: SNS refuses a message that it can't encrypt. */
    private static void letAlarmsUse(IKey key) {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsMayNotify")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                // In the policy of a key, "*" means this key.
                .resources(List.of("*"))
                .build());
    }
}
