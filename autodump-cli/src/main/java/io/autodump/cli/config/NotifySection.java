package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.cli.mail.EmailChannel;
import io.autodump.cli.mail.MailServer;
import io.autodump.cli.mail.MailServer.Encryption;
import io.autodump.local.notify.Channel;
import io.autodump.local.notify.CommandChannel;
import io.autodump.local.notify.HiddenText;
import io.autodump.local.notify.NoticeType;
import io.autodump.local.notify.PingChannel;
import io.autodump.local.notify.Subscription;
import io.autodump.local.notify.WebhookChannel;
import io.autodump.local.notify.WebhookStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the entries of {@code notify:}. */
final class NotifySection {
    static final String NAME = "notify";

    private static final List<String> COMMON = List.of("name", "type", "databases");
    private static final String ON = "on";
    private static final int SUBMISSION_PORT = 587;
    private static final int ENCRYPTED_PORT = 465;
    private static final int RELAY_PORT = 25;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** The keys of each type, besides those that all have. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "webhook", List.of(ON, "style", "url", "url-file", "url-env"),
            "ping",
                    List.of(
                            "url",
                            "url-file",
                            "url-env",
                            "start-url",
                            "start-url-file",
                            "start-url-env",
                            "success-url",
                            "success-url-file",
                            "success-url-env",
                            "failure-url",
                            "failure-url-file",
                            "failure-url-env"),
            "command", List.of(ON, "command"),
            "email",
                    List.of(
                            ON,
                            "server",
                            "port",
                            "tls",
                            "username",
                            "password",
                            "password-file",
                            "password-env",
                            "from",
                            "to"));

    private final Function<String, Path> paths;
    private final Map<String, String> variables;
    private final Map<String, Subscription> read = new LinkedHashMap<>();

    private NotifySection(Function<String, Path> paths, Map<String, String> variables) {
        this.paths = paths;
        this.variables = variables;
    }

    /**
     * Reads all entries. Files and environment variables are read when a channel is used.
     *
     * @param paths resolves a path relative to the configuration file
     * @param variables the environment variables
     */
    static List<Subscription> read(Entries entries, Function<String, Path> paths, Map<String, String> variables) {
        NotifySection section = new NotifySection(paths, variables);
        entries.read(NAME, NotifySection::list).ifPresent(list -> {
            for (int i = 0; i < list.size(); i++) {
                section.add(new NotifyEntry(NAME + "[" + (i + 1) + "]", list.get(i), entries.problems()), i + 1);
            }
        });
        return List.copyOf(section.read.values());
    }

    private static JsonNode list(JsonNode value) {
        if (!value.isArray()) {
            throw new IllegalArgumentException(
                    "must be a list; begin each entry with \"- type: webhook\", or ping," + " command, email");
        }
        return value;
    }

    private void add(NotifyEntry entry, int number) {
        Optional<String> type = entry.oneOf("type", List.of("webhook", "ping", "command", "email"));
        if (type.isEmpty()) {
            return;
        }
        entry.requireKnown(COMMON, KEYS.getOrDefault(type.get(), List.of()));
        String name = entry.text("name").orElse(type.get() + "-" + number);
        List<String> databases = entry.texts("databases");
        Set<NoticeType> types = type.get().equals("ping") ? PingChannel.TYPES : outcomes(entry);
        Optional<Channel> channel =
                switch (type.get()) {
                    case "webhook" -> webhook(entry);
                    case "ping" -> ping(entry);
                    case "command" -> command(entry);
                    default -> email(entry);
                };
        Subscription subscription = new Subscription(name, channel.orElse(notice -> {}), types, databases);
        if (read.putIfAbsent(name, subscription) != null) {
            entry.problem("name", "\"" + name + "\" is the name of an earlier entry; choose another");
        }
    }

    private static Set<NoticeType> outcomes(NotifyEntry entry) {
        Set<NoticeType> chosen = EnumSet.noneOf(NoticeType.class);
        List<String> words =
                NoticeType.OUTCOMES.stream().map(NoticeType::text).sorted().toList();
        for (String word : entry.texts(ON)) {
            if (words.contains(word)) {
                chosen.add(NoticeType.valueOf(word.toUpperCase(Locale.ROOT)));
            } else {
                entry.notOneOf(ON, word, words);
            }
        }
        return chosen.isEmpty() ? NoticeType.USUAL : chosen;
    }

    private Optional<Channel> webhook(NotifyEntry entry) {
        List<String> styles = new ArrayList<>();
        for (WebhookStyle style : WebhookStyle.values()) {
            styles.add(style.text());
        }
        WebhookStyle style = entry.oneOf("style", styles)
                .map(word -> WebhookStyle.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(WebhookStyle.GENERIC);
        return url(entry, "url", true).map(url -> new WebhookChannel(url, style));
    }

    private Optional<Channel> ping(NotifyEntry entry) {
        Optional<HiddenText> start = url(entry, "start-url", false);
        Optional<HiddenText> success = url(entry, "success-url", false);
        Optional<HiddenText> failure = url(entry, "failure-url", false);
        boolean several = start.isPresent() || success.isPresent() || failure.isPresent();
        Optional<HiddenText> one = url(entry, "url", !several);
        if (several && one.isPresent()) {
            entry.problem("url", "can't be combined with start-url, success-url and failure-url; keep one kind");
        } else if (several && success.isEmpty()) {
            entry.problem("success-url", "is missing");
        }
        return one.<Channel>map(PingChannel::of)
                .or(() -> success.<Channel>map(url -> PingChannel.of(start, url, failure)));
    }

    private static Optional<Channel> command(NotifyEntry entry) {
        List<String> command = entry.texts("command");
        if (command.isEmpty()) {
            entry.problem("command", "is missing; for example command: [/usr/local/bin/page, --urgent]");
        }
        return Optional.of(new CommandChannel(command));
    }

    private Optional<Channel> email(NotifyEntry entry) {
        Optional<String> host = entry.required("server", "smtp.example.com");
        Encryption encryption = entry.oneOf("tls", List.of("starttls", "implicit", "none"))
                .map(word -> Encryption.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Encryption.STARTTLS);
        int port = entry.port("port")
                .orElse(
                        switch (encryption) {
                            case STARTTLS -> SUBMISSION_PORT;
                            case IMPLICIT -> ENCRYPTED_PORT;
                            case NONE -> RELAY_PORT;
                        });
        Optional<String> username = entry.text("username");
        Optional<HiddenText> password = hidden(entry, "password", username.isPresent(), text -> Optional.empty());
        if (password.isPresent() && username.isEmpty()) {
            entry.problem("username", "is missing; a password belongs to a user");
        }
        if (encryption == Encryption.NONE && host.filter(LOOPBACK::contains).isEmpty()) {
            entry.problem("tls", "\"none\" is for a server on this machine only, such as localhost");
        }
        Optional<String> from = entry.required("from", "autodump@example.com").filter(entry.address("from"));
        List<String> to = entry.texts("to").stream().filter(entry.address("to")).toList();
        if (to.isEmpty()) {
            entry.required("to", "ops@example.com");
        }
        return host.flatMap(name -> from.map(
                sender -> new EmailChannel(new MailServer(name, port, encryption, username, password), sender, to)));
    }

    private Optional<HiddenText> url(NotifyEntry entry, String key, boolean required) {
        return hidden(
                entry,
                key,
                required,
                text -> WebhookChannel.isUrl(text.replace("{name}", "name"))
                        ? Optional.empty()
                        : Optional.of("isn't a URL that begins with https:// or http://"));
    }

    /** A value that is given itself, or by its file or its environment variable. No problem quotes it. */
    private Optional<HiddenText> hidden(
            NotifyEntry entry, String key, boolean required, Function<String, Optional<String>> check) {
        Optional<String> text = entry.text(key);
        text.flatMap(check).ifPresent(problem -> entry.problem(key, problem));
        List<HiddenText> given = new ArrayList<>();
        text.map(HiddenText::of).ifPresent(given::add);
        entry.path(key + "-file", paths).map(HiddenText::inFile).ifPresent(given::add);
        entry.text(key + "-env")
                .map(name -> HiddenText.inVariable(name, variables))
                .ifPresent(given::add);
        if (given.size() > 1) {
            entry.problem(key, "is given twice; keep one of " + key + ", " + key + "-file and " + key + "-env");
        } else if (given.isEmpty() && required && !entry.has(key)) {
            entry.problem(key, "is missing; write " + key + ", " + key + "-file or " + key + "-env");
        }
        return given.stream().findFirst();
    }
}
