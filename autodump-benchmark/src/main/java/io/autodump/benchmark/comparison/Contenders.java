package io.autodump.benchmark.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is compared. The libpq variables name the database; {@code $BUCKET} is a bucket of the S3 server. */
final class Contenders {
    /** The number of sessions of the dumps and restores that are compared. */
    static final List<Integer> JOBS = List.of(1, 2, 4, 8);

    private static final String TO_S3 = " && aws s3 cp --quiet out/dump s3://$BUCKET/dump";

    private final boolean aws;

    /**
     * Chooses.
     *
     * @param aws whether the AWS CLI is there
     */
    Contenders(boolean aws) {
        this.aws = aws;
    }

    /** The ways to dump. The first one is the floor: one stream can't be read faster. */
    List<Contender> dumps() {
        List<Contender> dumps = new ArrayList<>();
        dumps.add(Contender.dump("floor: pg_dump -Fc -Z0 > /dev/null", "pg_dump -Fc -Z0 > /dev/null"));
        dumps.add(Contender.dump("pg_dump -Fc -Z0 | zstd -3 > file", "pg_dump -Fc -Z0 | zstd -q -3 > out/dump"));
        JOBS.forEach(jobs -> dumps.add(Contender.dump(folder(jobs), "autodump dump jobs-" + jobs)));
        JOBS.stream()
                .filter(jobs -> jobs > 1)
                .map(jobs -> Contender.dump(
                        "pg_dump -Fd -j " + jobs + " (gzip)", "pg_dump -Fd -j " + jobs + " -f out/folder"))
                .forEach(dumps::add);
        JOBS.forEach(jobs -> dumps.add(Contender.dump(s3(jobs), "AUTODUMP_CONFIG=s3.yaml autodump dump jobs-" + jobs)));
        if (aws) {
            dumps.add(Contender.dump(
                    "pg_dump -Fc -Z0 | zstd -3 -T0 | aws s3 cp -",
                    "pg_dump -Fc -Z0 | zstd -q -3 -T0 | aws s3 cp --quiet - s3://$BUCKET/dump"));
            dumps.add(Contender.dump(
                    "pg_dump -Fc -O -Z 9 -f FILE && aws s3 cp FILE", "pg_dump -Fc -O -Z 9 -f out/dump" + TO_S3));
        }
        return dumps;
    }

    /** Makes what {@link #restores} restore: unmeasured. */
    static String prepareRestores() {
        return "rm -rf kept && mkdir kept && pg_dump -Fc -Z0 | zstd -q -3 > kept/dump && pg_dump -Fd -j 2 -f kept/folder"
                + JOBS.stream()
                        .map(jobs -> " && AUTODUMP_CONFIG=kept.yaml autodump dump jobs-" + jobs)
                        .reduce("", String::concat);
    }

    /** The ways to restore. */
    static List<Contender> restores() {
        Stream<Contender> byHand = IntStream.of(1, 2, 4, 8)
                .mapToObj(jobs -> jobs == 1
                        ? Contender.restore(
                                "zstd -dc file | pg_restore",
                                "createdb -T template0 restored && zstd -qdc kept/dump | pg_restore -d restored")
                        : Contender.restore(
                                "pg_restore -j " + jobs + " of a directory",
                                "createdb -T template0 restored && pg_restore -j " + jobs
                                        + " -d restored kept/folder"));
        Stream<Contender> ours = JOBS.stream()
                .map(jobs -> Contender.restore(
                        "autodump restore --jobs " + jobs,
                        "AUTODUMP_CONFIG=kept.yaml autodump restore latest:jobs-" + jobs
                                + " --url \"$RESTORE_URL\" --create --no-owner --jobs " + jobs));
        return Stream.concat(byHand, ours).toList();
    }

    /** The name of a dump by this product into a folder. */
    static String folder(int jobs) {
        return "autodump, " + sessions(jobs) + ", folder";
    }

    /** The name of a dump by this product to S3. */
    static String s3(int jobs) {
        return "autodump, " + sessions(jobs) + ", S3";
    }

    private static String sessions(int jobs) {
        return jobs == 1 ? "1 session" : jobs + " sessions";
    }
}
