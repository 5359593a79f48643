# GitOps for Jenkins. `make` alone lists the targets.

# A JDK 21 or newer: JAVA_HOME, PATH, then the usual folders. Empty when there is none.
find_jdk = JAVA_HOME_FOUND=$$(./tools/find-jdk) || exit 1; export JAVA_HOME="$$JAVA_HOME_FOUND"
MAVEN = ./mvnw --batch-mode --no-transfer-progress

GO_SOURCES := $(wildcard testcluster/*.go testcluster/*/*.go testcluster/go.mod testcluster/go.sum testcluster/Makefile)
ENGINE_SOURCES = $(shell find src/main cli/src/main cli/pom.xml -type f \( -path 'src/main/*/io/jenkins/plugins/gitops/engine/*' -o -path 'cli/*' \))

.PHONY: help
help:  ## List the targets.
	@echo 'Targets:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

.PHONY: cli
cli: bin/gitops  ## Build the command line: bin/gitops.

bin/gitops: $(ENGINE_SOURCES) tools/launcher.sh tools/archive-classes
	@$(find_jdk); $(MAVEN) --quiet --file cli/pom.xml -DskipTests -Dspotless.check.skip package
	@mkdir -p bin && rm -f bin/.java
	@$(find_jdk); tools/archive-classes
	@cp tools/launcher.sh bin/gitops.new && chmod +x bin/gitops.new && mv bin/gitops.new bin/gitops
	@echo 'Built bin/gitops. Try: bin/gitops --help'

.PHONY: testcluster
testcluster:  ## Build the Kubernetes cluster for tests and the demo: testcluster/bin/testcluster. About 7 minutes, once.
	@$(MAKE) --no-print-directory -C testcluster

.PHONY: tools
tools: bin/tools/kustomize bin/tools/helm bin/tools/helm4 bin/tools/crane bin/tools/sops bin/tools/age  ## Build kustomize, helm 3 and 4, an OCI registry, sops and age for tests and the demo: bin/tools. About 6 minutes, once.

bin/tools/%: tools/build-%
	@tools/build-$*

.PHONY: test
test:  ## Run all tests that can run here, against a real API server.
	@$(find_jdk); tools/run-tests

.PHONY: demo
demo: cli testcluster  ## See it work: sync, drift by hand, report, heal, new commit, rollback and pin, a fight that is stopped. CI=1 only checks, KEEP=1 leaves the cluster.
	@$(find_jdk); demo/run

.PHONY: health-table
health-table: cli  ## Write the table of all health rules into docs/health.md.
	@tools/health-table

.PHONY: format
format:  ## Format all sources.
	@$(find_jdk); $(MAVEN) --quiet --file cli/pom.xml spotless:apply
	@gofmt -l -w testcluster bench/peers

.PHONY: clean
clean:  ## Remove what was built here.
	rm -rf bin target cli/target testcluster/bin

.PHONY: bench
bench: cli tools testcluster  ## Measure speed and memory beside helm, kustomize, kubectl and gitops-engine. SIZES=100,1000,5000 ROUNDS=3
	@$(find_jdk); SIZES='$(SIZES)' ROUNDS='$(ROUNDS)' WITHOUT='$(WITHOUT)' bench/run

.PHONY: jenkins
jenkins: testcluster  ## Start a Jenkins with the plugin, a test cluster and an application. PORT=8080; Ctrl-C stops it.
	@$(find_jdk); PORT='$(or $(PORT),8080)' jenkins/run

.PHONY: soak
soak: testcluster  ## Kill 500 syncs of 200 objects at random points: each time the next one must converge. KILLS=500 SEED=
	@$(find_jdk); $(MAVEN) --quiet --file cli/pom.xml -Dspotless.check.skip -Dtest=RandomKillsTest \
		-Dgitops.kills='$(or $(KILLS),500)' $(if $(SEED),-Dgitops.seed='$(SEED)') test
