package io.autodump.infra;

import io.autodump.core.contract.EventNames;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.EventBus;
import software.amazon.awscdk.services.events.targets.EventBusProps;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * The topics for failed dumps and for alarms, by default the same one; and the rule that forwards the outcomes of runs
 * to the bus of a hub.
 */
final class Notifications extends Construct {
    private final ITopic topic;
    private final ITopic alarmTopic;

    Notifications(Construct scope, AutoDumpProps props, Key ownKey, IQueue deadLetters) {
        super(scope, "Notifications");
        topic = props.notificationTopic().orElseGet(() -> topic(ownKey));
        alarmTopic = props.alarmTopic().orElse(topic);
        for (String address : props.notificationEmails()) {
            topic.addSubscription(new EmailSubscription(address));
        }
        props.centralEventBus().ifPresent(hub -> forward(props, hub, deadLetters));
    }

    /** A rule forwards to any account and region; a job can send to buses of its own region only. */
    private void forward(AutoDumpProps props, IEventBus hub, IQueue deadLetters) {
        Rule.Builder rule = Rule.Builder.create(this, "ToHub")
                .description("AutoDump: forwards the outcomes of runs to the central bus")
                .eventPattern(EventPattern.builder()
                        .source(List.of(EventNames.SOURCE))
                        .build())
                .targets(List.of(new EventBus(
                        hub,
                        EventBusProps.builder().deadLetterQueue(deadLetters).build())));
        props.eventBus().ifPresent(rule::eventBus);
        rule.build();
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
