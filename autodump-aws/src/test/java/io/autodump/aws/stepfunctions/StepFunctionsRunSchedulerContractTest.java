package io.autodump.aws.stepfunctions;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.port.RunScheduler;
import io.autodump.testkit.RunSchedulerContract;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.sfn.SfnClient;

class StepFunctionsRunSchedulerContractTest extends RunSchedulerContract {
    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);
    private final RunScheduler scheduler = afterRestart();

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Override
    protected RunScheduler scheduler() {
        return scheduler;
    }

    @Override
    protected RunScheduler afterRestart() {
        return new StepFunctionsRunScheduler(
                clients.client(SfnClient.class, SfnClient::builder),
                FakeExecutions.STATE_MACHINE,
                StartRate.of(1000, 1000));
    }
}
