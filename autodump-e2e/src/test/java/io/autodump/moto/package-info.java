/**
 * The deployed stack in {@code moto}, a stand-in for AWS in Python that shares no code with the other tests: it reads
 * the template as CloudFormation does, and has an interpreter of state machines of its own. {@code make test-moto} runs
 * these tests. They are skipped if moto isn't there.
 */
@NullMarked
package io.autodump.moto;

import org.jspecify.annotations.NullMarked;
