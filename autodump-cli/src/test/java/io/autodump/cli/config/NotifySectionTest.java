package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.cli.wiring.InstalledStores;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.local.notify.NoticeType;
import io.autodump.local.notify.PingChannel;
import io.autodump.local.notify.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySectionTest {
    private final Path file;

    NotifySectionTest(@TempDir Path folder) {
        this.file = folder.resolve("autodump.yaml");
    }

    private List<Subscription> read(String notify) throws IOException {
        Files.writeString(file, "secrets: ./secrets\nstore: ./dumps\nnotify:\n" + notify);
        return ConfigurationReader.read(file, Map.of(), InstalledStores::parse, Map.of())
                .channels();
    }

    private List<String> problems(String notify) {
        return catchThrowableOfType(InvalidInputException.class, () -> read(notify)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void readsEveryType() throws IOException {
        List<Subscription> channels = read("""
                - name: team
                  type: webhook
                  style: slack
                  url: https://hooks.slack.com/services/T0KEN
                  on: [failed, overdue]
                  databases: [orders, "shop-*"]
                - type: ping
                  url-file: ./ping-url
                  databases: orders
                - type: ping
                  success-url: https://example.com/{name}
                - type: command
                  command: [/usr/local/bin/page, --urgent]
                - type: email
                  server: smtp.example.com
                  username: backups
                  password-env: SMTP_PASSWORD
                  from: AutoDump <autodump@example.com>
                  to: [ops@example.com]
                  on: succeeded
                """);

        assertThat(channels)
                .extracting(Subscription::name)
                .containsExactly("team", "ping-2", "ping-3", "command-4", "email-5");
        assertThat(channels.get(0).types()).containsExactlyInAnyOrder(NoticeType.FAILED, NoticeType.OVERDUE);
        assertThat(channels.get(0).databases()).containsExactly("orders", "shop-*");
        assertThat(channels.get(1).types()).isEqualTo(PingChannel.TYPES);
        assertThat(channels.get(3).types()).isEqualTo(NoticeType.USUAL);
        assertThat(channels.get(4).types()).containsExactly(NoticeType.SUCCEEDED);
        assertThat(channels.toString()).doesNotContain("T0KEN");
    }

    @Test
    void namesEveryProblemByItsKeyAndQuotesNoUrl() {
        assertThat(problems("""
                - type: webhok
                - type: webhook
                  stile: slack
                  style: slak
                  url: hooks.slack.com/T0KEN
                  on: [faild]
                - type: ping
                  url: https://example.com/T0KEN
                  url-env: URL
                  on: failed
                - type: ping
                  start-url: https://example.com/T0KEN
                - name: page
                  type: command
                - name: page
                  type: email
                  server: smtp.example.com
                  port: "25"
                  tls: none
                  password: T0KEN
                  from: nobody
                - webhook
                """))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("notify[1].type: \"webhok\" isn't one of webhook,"),
                        problem -> assertThat(problem)
                                .isEqualTo("notify[2].stile: isn't a key of this type; did you mean style?"),
                        problem -> assertThat(problem).startsWith("notify[2].on: \"faild\" isn't one of failed,"),
                        problem -> assertThat(problem).startsWith("notify[2].style: \"slak\" isn't one of generic,"),
                        problem -> assertThat(problem)
                                .isEqualTo("notify[2].url: isn't a URL that begins with https:// or http://"),
                        problem -> assertThat(problem).startsWith("notify[3].on: isn't a key of this type"),
                        problem -> assertThat(problem)
                                .isEqualTo("notify[3].url: is given twice; keep one of url, url-file and url-env"),
                        problem -> assertThat(problem).isEqualTo("notify[4].success-url: is missing"),
                        problem -> assertThat(problem).startsWith("notify[5].command: is missing; for example"),
                        problem -> assertThat(problem).startsWith("notify[6].port: isn't a whole number"),
                        problem -> assertThat(problem).startsWith("notify[6].username: is missing"),
                        problem -> assertThat(problem).startsWith("notify[6].tls: \"none\" is for a server on this"),
                        problem -> assertThat(problem).startsWith("notify[6].from: \"nobody\" isn't an address"),
                        problem -> assertThat(problem).startsWith("notify[6].to: is missing"),
                        problem -> assertThat(problem).startsWith("notify[6].name: \"page\" is the name of an earlier"),
                        problem -> assertThat(problem).startsWith("notify[7]: must be a mapping"))
                .noneMatch(problem -> problem.contains("T0KEN"));
    }

    @Test
    void isAList() {
        assertThat(problems("  type: webhook\n"))
                .singleElement()
                .asString()
                .startsWith("line 3, notify: must be a list; begin each entry with \"- type: webhook\"");
    }
}
