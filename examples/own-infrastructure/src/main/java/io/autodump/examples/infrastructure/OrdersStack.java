package io.autodump.examples.infrastructure;

import io.autodump.infra.AutoDump;
import io.autodump.infra.AutoDumpProps;
import io.autodump.infra.FunctionJar;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.DatabaseInstance;
import software.amazon.awscdk.services.rds.DatabaseInstanceEngine;
import software.amazon.awscdk.services.rds.DatabaseSecret;
import software.amazon.awscdk.services.rds.PostgresEngineVersion;
import software.amazon.awscdk.services.rds.PostgresInstanceEngineProps;
import software.constructs.Construct;

/** A database of a team's, and AutoDump beside it: every night at half past two in Berlin. */
public final class OrdersStack extends Stack {
    /**
     * Builds both.
     *
     * @param functionJar AutoDump's {@code autodump-lambda-VERSION-function.jar}
     */
    public OrdersStack(Construct scope, String id, Path functionJar) {
        super(scope, id);
        Vpc network = Vpc.Builder.create(this, "Network").maxAzs(2).build();
        DatabaseSecret owner = DatabaseSecret.Builder.create(this, "OrdersOwner")
                .username("owner")
                .build();
        DatabaseInstance orders = DatabaseInstance.Builder.create(this, "Orders")
                .engine(DatabaseInstanceEngine.postgres(PostgresInstanceEngineProps.builder()
                        .version(PostgresEngineVersion.VER_17)
                        .build()))
                .vpc(network)
                .databaseName("orders")
                .credentials(Credentials.fromSecret(owner))
                .storageEncrypted(true)
                .build();

        AutoDump autodump = new AutoDump(
                this,
                "AutoDump",
                AutoDumpProps.builder()
                        .vpc(network)
                        .image(ContainerImage.fromEcrRepository(
                                Repository.fromRepositoryName(this, "Dumper", "autodump-dumper"), "0.1.0"))
                        .functions(FunctionJar.at(functionJar))
                        .addNotificationEmails("orders-team@example.com")
                        .versioned(true)
                        .jobTimeout(Duration.ofHours(2))
                        .freshnessMargin(Duration.ofHours(3))
                        .build());

        // The secret, which RDS completes with the address, is all that AutoDump needs to know; a "-" stands for "*",
        // which no tag may hold.
        Tags.of(owner).add("autodump:start-schedule", "30 2 - - -");
        Tags.of(owner).add("autodump:timezone", "Europe/Berlin");
        orders.getConnections().allowDefaultPortFrom(autodump, "AutoDump's jobs");
    }
}
