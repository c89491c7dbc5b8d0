package io.autodump.core.encryption;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Somebody for whom dumps are encrypted: an X25519 public key of age, {@code age1…}. It is no secret. The program
 * {@code age-keygen} makes it together with the identity that decrypts. Immutable.
 *
 * @param text 62 lower-case characters, with the checksum of Bech32 (BIP 173)
 */
public record Recipient(String text) {
    private static final String HUMAN_READABLE = "age";
    private static final String DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final Pattern SYNTAX = Pattern.compile("age1[" + DIGITS + "]{58}");
    private static final String IDENTITY = "age-secret-key-";

    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BITS_OF_A_DIGIT = 5;
    private static final int LOW_BITS = 0x1ffffff;
    private static final int DIGIT_BITS = 0x1f;

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if it isn't a recipient. The message says why, and never repeats a secret key
     */
    public Recipient {
        if (text.strip().toLowerCase(Locale.ROOT).startsWith(IDENTITY)) {
            throw new IllegalArgumentException("is a secret key, which belongs to nobody but its owner; write the"
                    + " public key, which age-keygen -y FILE prints, and make a new secret key");
        }
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("isn't a recipient: age1 and 58 letters and digits, as age-keygen prints"
                    + " it; SSH keys and plugins of age aren't supported");
        }
        if (!isChecksumRight(text)) {
            throw new IllegalArgumentException("\"" + text + "\" has a typing mistake: its checksum is wrong");
        }
    }

    /**
     * Parses several recipients and drops duplicates.
     *
     * @throws IllegalArgumentException if one isn't a recipient; the message says which, counted from 1
     */
    public static List<Recipient> parseAll(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            requireOne(texts.get(i), i + 1);
        }
        return texts.stream().map(Recipient::new).distinct().toList();
    }

    private static void requireOne(String text, int number) {
        try {
            Recipient ignored = new Recipient(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("recipient " + number + " " + wrong.getMessage(), wrong);
        }
    }

    private static boolean isChecksumRight(String text) {
        int sum = 1;
        for (int i = 0; i < HUMAN_READABLE.length(); i++) {
            sum = added(sum, HUMAN_READABLE.charAt(i) >> BITS_OF_A_DIGIT);
        }
        sum = added(sum, 0);
        for (int i = 0; i < HUMAN_READABLE.length(); i++) {
            sum = added(sum, HUMAN_READABLE.charAt(i) & DIGIT_BITS);
        }
        for (int i = HUMAN_READABLE.length() + 1; i < text.length(); i++) {
            sum = added(sum, DIGITS.indexOf(text.charAt(i)));
        }
        return sum == 1;
    }

    private static int added(int sum, int digit) {
        int top = sum >>> (BITS_OF_A_DIGIT * BITS_OF_A_DIGIT);
        int next = (sum & LOW_BITS) << BITS_OF_A_DIGIT ^ digit;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= (top >>> i & 1) == 1 ? GENERATOR[i] : 0;
        }
        return next;
    }

    @Override
    public String toString() {
        return text;
    }
}
