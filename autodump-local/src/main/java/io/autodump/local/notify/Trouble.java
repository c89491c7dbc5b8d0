package io.autodump.local.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the channels were told about a database that has no good news yet. Immutable.
 *
 * @param secretName the name of the secret
 * @param database one of several databases of the secret; empty if the trouble is that of the whole secret
 * @param failedRun the scheduled instant of the newest run that failed or was missed; empty if none did
 * @param reason the code of that failure, or {@code missed}
 * @param overdueSince when the database was first found to be overdue; empty if it isn't
 * @param toldDays the day of the last message that it is overdue, 0 for the first
 */
record Trouble(
        String secretName,
        Optional<String> database,
        Optional<Instant> failedRun,
        Optional<String> reason,
        Optional<Instant> overdueSince,
        int toldDays) {

    static Trouble none(String secretName, Optional<String> database) {
        return new Trouble(secretName, database, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    static Trouble none(String secretName) {
        return none(secretName, Optional.empty());
    }

    /** Names the trouble among all. The name of a secret has no line feed. */
    String key() {
        return key(secretName, database);
    }

    static String key(String secretName, Optional<String> database) {
        return database.map(name -> secretName + "\n" + name).orElse(secretName);
    }

    Trouble failed(Instant run, String why) {
        return new Trouble(secretName, database, Optional.of(run), Optional.of(why), overdueSince, toldDays);
    }

    Trouble overdue(Instant now) {
        return new Trouble(secretName, database, failedRun, reason, Optional.of(overdueSince.orElse(now)), days(now));
    }

    boolean isAbout(Instant run, String why) {
        return failedRun.equals(Optional.of(run)) && reason.equals(Optional.of(why));
    }

    boolean isOverdueToldOn(Instant now) {
        return overdueSince.isPresent() && days(now) <= toldDays;
    }

    /** How many whole days the database has been overdue. */
    int days(Instant now) {
        return overdueSince
                .map(since -> (int) Math.max(0, Duration.between(since, now).toDays()))
                .orElse(0);
    }

    /** Returns whether a dump of this run ends the trouble. */
    boolean isEndedBy(Instant run) {
        return failedRun.filter(run::isBefore).isEmpty();
    }

    ObjectNode toJson() {
        ObjectNode node = StateFiles.object().put("secretName", secretName);
        database.ifPresent(name -> node.put("database", name));
        failedRun.ifPresent(run -> node.put("failedRun", run.toString()));
        reason.ifPresent(why -> node.put("reason", why));
        overdueSince.ifPresent(since -> node.put("overdueSince", since.toString()));
        return node.put("toldDays", toldDays);
    }

    static Trouble of(ObjectNode node) {
        return new Trouble(
                node.path("secretName").asText(),
                Optional.ofNullable(node.path("database").textValue()),
                ChannelState.instant(node.path("failedRun")),
                Optional.ofNullable(node.path("reason").textValue()),
                ChannelState.instant(node.path("overdueSince")),
                node.path("toldDays").asInt());
    }
}
