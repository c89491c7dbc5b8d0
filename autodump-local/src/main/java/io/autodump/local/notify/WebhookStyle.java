package io.autodump.local.notify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The body that a webhook expects. */
public enum WebhookStyle {
    /** The event, as {@code docs/events.md} describes it. */
    GENERIC {
        @Override
        String body(Notice notice) {
            return notice.json();
        }
    },
    /** An incoming webhook of Slack, or of a program that takes the same. */
    SLACK {
        @Override
        String body(Notice notice) {
            String text = escaped(notice.text());
            return object().put("text", "*" + escaped(notice.title()) + "*" + (text.isEmpty() ? "" : "\n" + text))
                    .toString();
        }
    },
    /** A workflow of Microsoft Teams that posts what it receives. */
    TEAMS {
        @Override
        String body(Notice notice) {
            ObjectNode message = object().put("type", "message");
            ObjectNode attachment = message.putArray("attachments")
                    .addObject()
                    .put("contentType", "application/vnd.microsoft.card.adaptive");
            ObjectNode card = attachment
                    .putObject("content")
                    .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                    .put("type", "AdaptiveCard")
                    .put("version", "1.4");
            card.putArray("body")
                    .add(block(notice.title()).put("weight", "Bolder"))
                    .add(block(notice.text()));
            return message.toString();
        }
    },
    /** A webhook of Discord. Nothing in the text notifies a member. */
    DISCORD {
        @Override
        String body(Notice notice) {
            ObjectNode message = object().put("content", shortened(notice.titleAndText()));
            message.putObject("allowed_mentions").putArray("parse");
            return message.toString();
        }
    };

    /** Discord's limit for the content of a message, in characters. */
    private static final int MOST_FOR_DISCORD = 2000;

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Returns the body of the request, a JSON object. */
    abstract String body(Notice notice);

    /** Returns the word for the configuration, for example {@code slack}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Slack takes these three characters for markup. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Line feeds are paragraphs in Teams if they are doubled. */
    private static ObjectNode block(String text) {
        return object().put("type", "TextBlock")
                .put("text", text.replace("\n", "\n\n"))
                .put("wrap", true);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_FOR_DISCORD ? text : text.substring(0, MOST_FOR_DISCORD - 1) + "…";
    }
}
