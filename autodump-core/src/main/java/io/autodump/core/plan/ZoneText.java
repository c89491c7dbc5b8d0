package io.autodump.core.plan;

import io.autodump.core.internal.NearestName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parses the name of a time zone. Suggests a zone for a text that isn't one. */
final class ZoneText {
    private static final Pattern OFFSET =
            Pattern.compile("(?:UTC|GMT|UT|Z)?\\s*([+-])(\\d{1,2})(?::?(\\d{2}))?", Pattern.CASE_INSENSITIVE);

    /** The smallest offset that has a zone of that name in the tz database. */
    private static final int LEAST_NAMED_OFFSET = -12;

    private static final int MOST_NAMED_OFFSET = 14;

    /** A zone that an abbreviation may mean, and the offset of the abbreviation. */
    private record Meaning(String zone, String offset) {
        static Meaning of(String zoneAndOffset) {
            String[] parts = zoneAndOffset.split(" ", 2);
            return new Meaning(parts[0], parts[1]);
        }
    }

    /** The first meaning is the usual one. */
    private static final Map<String, List<Meaning>> ABBREVIATIONS = Map.ofEntries(
            abbreviation("EST", "America/New_York UTC-05:00"),
            abbreviation("EDT", "America/New_York UTC-04:00"),
            abbreviation("ET", "America/New_York UTC-05:00"),
            abbreviation("CST", "America/Chicago UTC-06:00", "Asia/Shanghai UTC+08:00", "America/Havana UTC-05:00"),
            abbreviation("CDT", "America/Chicago UTC-05:00", "America/Havana UTC-04:00"),
            abbreviation("MST", "America/Denver UTC-07:00", "America/Phoenix UTC-07:00"),
            abbreviation("MDT", "America/Denver UTC-06:00"),
            abbreviation("PST", "America/Los_Angeles UTC-08:00", "Asia/Manila UTC+08:00"),
            abbreviation("PDT", "America/Los_Angeles UTC-07:00"),
            abbreviation("PT", "America/Los_Angeles UTC-08:00"),
            abbreviation("AKST", "America/Anchorage UTC-09:00"),
            abbreviation("AKDT", "America/Anchorage UTC-08:00"),
            abbreviation("HST", "Pacific/Honolulu UTC-10:00"),
            abbreviation("AST", "America/Halifax UTC-04:00", "Asia/Riyadh UTC+03:00"),
            abbreviation("BRT", "America/Sao_Paulo UTC-03:00"),
            abbreviation("ART", "America/Argentina/Buenos_Aires UTC-03:00"),
            abbreviation("BST", "Europe/London UTC+01:00", "Asia/Dhaka UTC+06:00"),
            abbreviation("CEST", "Europe/Berlin UTC+02:00"),
            abbreviation("MEZ", "Europe/Berlin UTC+01:00"),
            abbreviation("MESZ", "Europe/Berlin UTC+02:00"),
            abbreviation("EEST", "Europe/Helsinki UTC+03:00"),
            abbreviation("WEST", "Europe/Lisbon UTC+01:00"),
            abbreviation("MSK", "Europe/Moscow UTC+03:00"),
            abbreviation("TRT", "Europe/Istanbul UTC+03:00"),
            abbreviation("SAST", "Africa/Johannesburg UTC+02:00"),
            abbreviation("GST", "Asia/Dubai UTC+04:00"),
            abbreviation("PKT", "Asia/Karachi UTC+05:00"),
            abbreviation("IST", "Asia/Kolkata UTC+05:30", "Europe/Dublin UTC+01:00", "Asia/Jerusalem UTC+02:00"),
            abbreviation("ICT", "Asia/Bangkok UTC+07:00"),
            abbreviation("WIB", "Asia/Jakarta UTC+07:00"),
            abbreviation("SGT", "Asia/Singapore UTC+08:00"),
            abbreviation("HKT", "Asia/Hong_Kong UTC+08:00"),
            abbreviation("JST", "Asia/Tokyo UTC+09:00"),
            abbreviation("KST", "Asia/Seoul UTC+09:00"),
            abbreviation("AWST", "Australia/Perth UTC+08:00"),
            abbreviation("ACST", "Australia/Adelaide UTC+09:30"),
            abbreviation("AEST", "Australia/Sydney UTC+10:00", "Australia/Brisbane UTC+10:00"),
            abbreviation("AEDT", "Australia/Sydney UTC+11:00"),
            abbreviation("NZST", "Pacific/Auckland UTC+12:00"),
            abbreviation("NZDT", "Pacific/Auckland UTC+13:00"));

    private ZoneText() {}

    /**
     * Parses the name.
     *
     * @throws IllegalArgumentException if it isn't a name of the IANA database; the message says what to write instead
     */
    static ZoneId parse(String text) {
        try {
            ZoneId zone = ZoneId.of(text);
            if (text.contains("/") || ZoneId.getAvailableZoneIds().contains(text)) {
                return zone;
            }
        } catch (DateTimeException unknown) {
            // The exception below has a suggestion.
        }
        throw new IllegalArgumentException("\"" + text + "\" isn't an IANA time zone such as UTC or America/Denver"
                + offset(text)
                        .or(() -> abbreviation(text))
                        .or(() -> place(text))
                        .orElseGet(() -> slip(text)));
    }

    private static Map.Entry<String, List<Meaning>> abbreviation(String name, String... meanings) {
        return Map.entry(name, List.of(meanings).stream().map(Meaning::of).toList());
    }

    private static Optional<String> abbreviation(String text) {
        return Optional.ofNullable(ABBREVIATIONS.get(text.toUpperCase(Locale.ROOT)))
                .map(meanings -> "; write "
                        + meanings.stream()
                                .map(meaning -> meaning.zone() + " (where " + text.toUpperCase(Locale.ROOT) + " is "
                                        + meaning.offset() + ")")
                                .collect(Collectors.joining(" or ")));
    }

    private static Optional<String> offset(String text) {
        Matcher matcher = OFFSET.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int hours = Integer.parseInt(matcher.group(2));
        int minutes = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        String spelled = "UTC" + matcher.group(1) + String.format(Locale.ROOT, "%02d:%02d", hours, minutes);
        boolean east = matcher.group(1).equals("+");
        int signed = east ? hours : -hours;
        if (minutes != 0 || signed < LEAST_NAMED_OFFSET || signed > MOST_NAMED_OFFSET) {
            return Optional.of("; " + spelled + " is an offset: write the zone of a place that has it");
        }
        String zone = signed == 0 ? "UTC" : "Etc/GMT" + (east ? "-" : "+") + hours;
        String reversed = signed == 0 ? "" : "; the sign in these names is reversed";
        return Optional.of("; write " + zone + " (" + spelled + " all year" + reversed
                + "), or the zone of a place, with" + " its daylight saving time");
    }

    /** Finds the zone of a city that was given without its continent. */
    private static Optional<String> place(String text) {
        String ending = "/" + text.replace(' ', '_');
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> !zone.startsWith("SystemV/") && !zone.startsWith("Etc/"))
                .filter(zone -> zone.regionMatches(true, zone.length() - ending.length(), ending, 0, ending.length()))
                .sorted()
                .findFirst()
                .map(zone -> "; did you mean " + zone + "?");
    }

    /** Suggests a similar name only if it has a place: two wrong letters in a short name can mean another continent. */
    private static String slip(String text) {
        List<String> places = ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.contains("/") && !zone.startsWith("SystemV/") && !zone.startsWith("Etc/"))
                .toList();
        return text.contains("/") ? NearestName.didYouMean(text, places) : "";
    }
}
