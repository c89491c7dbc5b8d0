# Every target does its own set-up: JDK, Maven and PostgreSQL's client programs are installed where that is possible,
# and otherwise the one command that installs them is named.
MVN := mvn --batch-mode --no-transfer-progress -Dstyle.color=never
# Builds without checks and tests go to target/quick; by the time of the file "built" bin/autodump knows whether it has to
# build again.
QUICK := -Dquick -T 1C -Dmaven.artifact.threads=16
DIST := autodump-cli/target/quick/dist
# Builds are short: a compiler that starts fast and a simple collector are faster, and leave the cores to the tests.
export MAVEN_OPTS ?= -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m
JDK25 := $(shell scripts/find-jdk 25)
# Image and infrastructure bring their own Java; the benchmark has no tests, and the fuzz tests are about inputs. Format,
# rules and documentation don't depend on the JDK.
ON_JDK25 := -pl '!:autodump-infra,!:autodump-example-own-infrastructure,!:autodump-e2e,!:autodump-benchmark,!:autodump-fuzz' \
	-Dautodump.image.test=false -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip

# "true": all versions of PostgreSQL, every combination of faults, the images. Otherwise one version and a part of the
# combinations.
FULL := false

.DEFAULT_GOAL := help
.PHONY: help demo clients test test-all test-large test-moto test-jdk25 chaos fuzz image template dist test-package test-image check-deploy docs site synth check format build build-cdk bench class-list reproducible clean tools

help: ## list every target
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## the whole way on one machine: a tagged secret becomes a verified dump that restores
	@scripts/ensure-tools
	@echo "Building AutoDump; the first time this downloads about 80 MB of libraries."
	@mkdir -p $(DIST) && touch $(DIST)/began
	@scripts/build-with-progress $(QUICK) package -pl :autodump-example-demo -am
	@mv $(DIST)/began $(DIST)/built
	@java -XX:TieredStopAtLevel=1 -cp 'examples/demo/target/quick/classes:examples/demo/target/quick/lib/*' io.autodump.examples.demo.Demo . demo/work

# Javadoc, a minute of it, and the static analysis of the tests' own code are left to "make check" and "make test-all".
UNANALYSED := '-Danalysis.excluded=(generated-(test-)?sources|src/test)'

test: tools ## all tests, long combinations of faults in a short form, and static analysis of the product, on the default JDK
	@scripts/ensure-optional-tools
	$(MVN) -T 2 clean verify -Dmaven.javadoc.skip -Dmaven.source.skip -Dautodump.test.full=$(FULL) \
		$(UNANALYSED)

test-all: FULL := true
test-all: UNANALYSED :=
test-all: clients test ## the same, documentation, deployments, package and images, then all tests on JDK 25 if it is present, with large random tests
	$(MVN) -T 2 package -DskipTests -Dspotless.check.skip -Denforcer.skip
	$(MAKE) check-deploy test-package test-image
ifneq ($(JDK25),)
	@echo "== On JDK 25, with large random tests: $(JDK25)"
	$(MAKE) test-jdk25
else
	@echo "== JDK 25 isn't present (set JAVA_25_HOME to name one): the large random tests run on the default JDK"
	$(MVN) test -pl :autodump-core -Dautodump.test.random=large
endif

test-large: tools ## a dump of 12 GB is made in, verified and restored from stores with the rules of R2, GCS, B2, Ceph and 1,000 parts; STORES="1,000 parts": from some
	$(MVN) test -pl :autodump-aws -am -Dtest=TwelveGigabytesTest -Dsurefire.failIfNoSpecifiedTests=false -Dautodump.test.large=true '-Dtest.jvm=-Xmx2g' '-Dautodump.test.stores=$(STORES)'

test-moto: tools ## the stack of AWS in moto (Python), with the real functions; skips if moto isn't there
	$(MVN) verify -pl :autodump-e2e -am -Dautodump.test.moto=true -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
		-Dit.test=MotoIT -Dfailsafe.failIfNoSpecifiedTests=false -Dspotless.check.skip -Denforcer.skip -Djacoco.skip \
		-Dmaven.javadoc.skip -Dmaven.source.skip

# The combinations of faults and settings, in "make test-all", have run on the other JDK: here the short form is enough.
test-jdk25: tools ## all tests on JDK 25, in the short form, with large random tests
	JAVA_HOME=$(JDK25) $(MVN) -T 2 clean verify -Dautodump.test.random=large $(ON_JDK25)

chaos: tools ## every fault of docs/reliability.md, for an hour or more; T=CLASS#METHOD and FAULT=NAME choose, SEED=N repeats
	@scripts/chaos '$(T)' '$(FAULT)' '$(SEED)'

# The regression inputs run in "make test" too; this searches for new ones.
FUZZ_TIME ?= 60

fuzz: tools ## search for inputs that break a parser, FUZZ_TIME seconds for each; FUZZ="ZoneText DumpKey" for some
	$(MVN) -q package -pl :autodump-fuzz -am -DskipTests -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip
	FUZZ_TIME=$(FUZZ_TIME) scripts/fuzz $(FUZZ)

check: tools ## format, static analysis of all code, documentation and rules, without running the tests
	$(MVN) -T 2 clean verify -DskipTests -Djacoco.skip

format: tools ## bring all sources into the one format
	$(MVN) -q spotless:apply -pl '!:autodump-bom'

build: tools ## build everything without tests
	@scripts/build-with-progress -T 1C package -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip

image: image-parts ## build the images of the command and of the dumper, with docker, podman or buildah; docs/container.md
	scripts/build-image

image-parts: tools
	$(MVN) -q package -pl :autodump-dumper,:autodump-cli -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip

dist: ## what people install: an archive and a Debian package, in target/release; docs/install.md
	@scripts/ensure-tools dist
	@scripts/build-with-progress $(QUICK) -Dsbom package -pl :autodump-cli -am
	@scripts/build-dist

test-package: dist ## install the Debian package into a small Debian of its own, try it, remove and purge it
	@scripts/ensure-optional-tools
	scripts/test-package

test-image: image-parts ## build the images on a Debian base, and dump, verify and restore with that of the command
	@scripts/ensure-optional-tools
	scripts/test-image

check-deploy: ## check units, Compose, Kubernetes, Helm chart, workflows and scripts; what has no tool here is skipped
	@scripts/ensure-optional-tools deploy
	@scripts/check-deploy

site: ## make a site of README and docs/ in target/site, with mkdocs
	@scripts/build-site

docs: tools ## write docs/commands.md from the help of the commands
	$(MVN) -q test -pl :autodump-cli -am -Dtest=CommandReferenceTest -Dautodump.docs=write -Dsurefire.failIfNoSpecifiedTests=false \
		-Dspotless.check.skip -Denforcer.skip -Djacoco.skip

# SIZE: MB of each database; ROUNDS: an odd number; DATASETS: "eight_tables one_table" for some.
SIZE ?= 1000
ROUNDS ?= 5
BENCH := autodump-benchmark/target
BENCH_JAVA := java -cp '$(BENCH)/classes:$(BENCH)/lib/*'

bench: tools build ## measure dumps and restores against pg_dump by hand, and the schedule; writes docs/performance.md
	@bin/autodump version
	@rm -rf $(BENCH)/work
	@$(BENCH_JAVA) io.autodump.benchmark.comparison.DumpComparison . $(BENCH)/work $(SIZE) $(ROUNDS) $(DATASETS)
	@$(BENCH_JAVA) org.openjdk.jmh.Main -tu ns

class-list: tools build ## the list of the classes that commands load, from which a first start makes its archive
	@rm -rf $(BENCH)/work
	@$(BENCH_JAVA) io.autodump.benchmark.CommandClasses bin/autodump $(BENCH)/work autodump-cli/src/main/dist/lib/classes

# The settings: a JSON file, docs/deploy.md lists them. The example names nothing that exists.
CONTEXT ?= autodump-infra/example-context.json

synth: build-cdk ## the CloudFormation template into cdk.out, without an AWS account; CONTEXT=settings.json for your own
	scripts/cdk-app --context-file $(CONTEXT) --output cdk.out
	@echo "The template is cdk.out/AutoDump.template.json"

template: build-cdk ## the template for StackSets and Terraform, without the CDK's assets; docs/hub.md
	scripts/cdk-app --context-file $(CONTEXT) --context standalone=true --output target/template
	@echo "The template is target/template/AutoDump.template.json"

build-cdk: tools ## build the CDK app and the functions' jar, for cdk synth, diff and deploy
	$(MVN) -q package -pl :autodump-infra,:autodump-lambda -am -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip -Dmaven.javadoc.skip -Dmaven.source.skip

reproducible: tools ## build twice and compare: one commit gives the same jars
	scripts/reproducible

clean: ## remove what was built, and what the demo left
	$(MVN) -q clean
	rm -rf demo/work

clients: ## unpack the client programs of newer PostgreSQL releases for the tests, where that can be done
	@scripts/ensure-optional-tools
	@scripts/ensure-clients

tools:
	@scripts/ensure-tools tests
