package io.autodump.cli.wiring;

/**
 * An AWS account in one region.
 *
 * @param account 12 digits
 * @param region for example {@code eu-central-1}
 */
public record AwsPlace(String account, String region) {
    /** Returns a store with {@code {account}} and {@code {region}} replaced. */
    public String in(String store) {
        return store.replace("{account}", account).replace("{region}", region);
    }

    @Override
    public String toString() {
        return account + " " + region;
    }
}
