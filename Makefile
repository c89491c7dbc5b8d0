# Every target does its own set-up: JDK, Maven and PostgreSQL's client programs are installed where that is possible,
# and otherwise the one command that installs them is named.
MVN := mvn --batch-mode --no-transfer-progress -Dstyle.color=never
# By the time of the file "built" bin/autodump knows whether it has to build again.
DIST := autodump-cli/target/dist
JDK25 := $(shell scripts/find-jdk 25)

.DEFAULT_GOAL := help
.PHONY: help demo test image synth check format build build-cdk bench reproducible clean tools

help: ## list every target
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: tools ## the whole way on one machine: a tagged secret becomes a verified dump that restores
	@echo "Building AutoDump; the first time this downloads its libraries, and takes some minutes."
	@mkdir -p $(DIST) && touch $(DIST)/began
	@$(MVN) -q package -pl :autodump-example-demo -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip
	@mv $(DIST)/began $(DIST)/built
	@java -cp 'examples/demo/target/classes:examples/demo/target/lib/*' io.autodump.examples.demo.Demo . demo/work

test: tools ## all tests and checks, on the default JDK and, where it is present, on JDK 25
	@scripts/ensure-image-tools
	$(MVN) clean verify
ifneq ($(JDK25),)
	@echo "== The same tests on JDK 25, the image and the infrastructure apart, which bring their own Java: $(JDK25)"
	JAVA_HOME=$(JDK25) $(MVN) clean verify -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip \
		-Dautodump.image.test=false -pl '!:autodump-infra,!:autodump-example-own-infrastructure,!:autodump-e2e,!:autodump-benchmark'
else
	@echo "== JDK 25 isn't present (set JAVA_25_HOME to name one): tested on the default JDK alone"
endif

check: tools ## format, static analysis and rules, without the tests
	$(MVN) verify -DskipTests -Djacoco.skip

format: tools ## bring all sources into the one format
	$(MVN) -q spotless:apply

build: tools ## build everything without tests
	@mkdir -p $(DIST) && touch $(DIST)/began
	$(MVN) -q package -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip
	@mv $(DIST)/began $(DIST)/built

image: tools ## build the dumper's container image, with docker, podman or buildah; docs/container.md has the settings
	$(MVN) -q package -pl :autodump-dumper -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip
	scripts/build-image

bench: tools build ## measure: the schedule with JMH, and whole dumps against pg_dump by hand
	@java -cp 'autodump-benchmark/target/classes:autodump-benchmark/target/lib/*' org.openjdk.jmh.Main -tu ns
	@rm -rf autodump-benchmark/target/work
	@java -cp 'autodump-benchmark/target/classes:autodump-benchmark/target/lib/*' io.autodump.benchmark.DumpBenchmark . autodump-benchmark/target/work 2500000

# The settings: a JSON file, docs/deploy.md lists them. The example names nothing that exists.
CONTEXT ?= autodump-infra/example-context.json

synth: build-cdk ## the CloudFormation template into cdk.out, without an AWS account; CONTEXT=settings.json for your own
	scripts/cdk-app --context-file $(CONTEXT) --output cdk.out
	@echo "The template is cdk.out/AutoDump.template.json"

build-cdk: tools ## build the CDK app and the functions' jar, for cdk synth, diff and deploy
	$(MVN) -q package -pl :autodump-infra,:autodump-lambda -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip

reproducible: tools ## build twice and compare: one commit gives the same jars
	scripts/reproducible

clean: ## remove what was built, and what the demo left
	$(MVN) -q clean
	rm -rf demo/work

tools:
	@scripts/ensure-tools
