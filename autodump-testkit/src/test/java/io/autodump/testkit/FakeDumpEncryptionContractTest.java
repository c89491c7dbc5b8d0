package io.autodump.testkit;

import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.testing.FakeDumpEncryption;
import io.autodump.testkit.encryption.DumpEncryptionContract;

class FakeDumpEncryptionContractTest extends DumpEncryptionContract {
    private static final Recipient OWN =
            new Recipient("age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd");
    private static final Recipient FOREIGN =
            new Recipient("age1wy7dmzru0kx323ml3kggmscnj03hesklq7p4nzagzsa4athhfqeqeldze0");

    @Override
    protected DumpEncryption encryption() {
        return FakeDumpEncryption.withIdentitiesOf(OWN);
    }

    @Override
    protected DumpEncryption withoutIdentity() {
        return FakeDumpEncryption.withIdentitiesOf();
    }

    @Override
    protected Recipient own() {
        return OWN;
    }

    @Override
    protected Recipient foreign() {
        return FOREIGN;
    }
}
