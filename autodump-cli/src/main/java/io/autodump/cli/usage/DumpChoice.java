package io.autodump.cli.usage;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which dumps a listing shows.
 *
 * @param limit how many of the newest; empty for all
 * @param since no older ones; empty for all
 * @param latest whether only the latest one of each secret and database
 */
public record DumpChoice(Optional<Integer> limit, Optional<Instant> since, boolean latest) {
    private static final Pattern AGO = Pattern.compile("(\\d{1,5})([mhdw])");
    private static final int DAYS_OF_WEEK = 7;

    /**
     * Reads the options of a listing.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if one isn't valid
     */
    public static DumpChoice of(Optional<Integer> limit, Optional<String> since, boolean latest, Instant now) {
        if (limit.filter(number -> number < 1).isPresent()) {
            throw wrong("--limit must be at least 1");
        }
        return new DumpChoice(limit, since.map(text -> instant(text, now)), latest);
    }

    private static Instant instant(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
        }
        try {
            return text.length() == "2026-11-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw wrong("--since must be an age such as 12h or 7d, a date such as 2026-11-01, or an instant such as"
                    + " 2026-11-01T08:00:00Z");
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(number * DAYS_OF_WEEK);
        };
    }

    private static AutoDumpException wrong(String what) {
        return new AutoDumpException(ErrorCode.INVALID_ARGUMENT, what, "see: autodump list --help");
    }

    /** Returns the chosen dumps in their order, oldest first. */
    public List<DumpManifest> of(List<DumpManifest> dumps) {
        List<DumpManifest> chosen = latest ? latest(dumps) : dumps;
        List<DumpManifest> recent = chosen.stream()
                .filter(dump -> since.filter(dump.scheduledAt()::isBefore).isEmpty())
                .toList();
        int from = recent.size() - Math.min(limit.orElse(recent.size()), recent.size());
        return recent.subList(from, recent.size());
    }

    private static List<DumpManifest> latest(List<DumpManifest> dumps) {
        Map<List<String>, DumpManifest> byDatabase = new LinkedHashMap<>();
        for (DumpManifest dump : dumps) {
            List<String> database = List.of(dump.secretName(), dump.database());
            byDatabase.remove(database);
            byDatabase.put(database, dump);
        }
        return List.copyOf(byDatabase.values());
    }
}
