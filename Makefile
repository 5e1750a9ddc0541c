# Names worth remembering; each is a plain command.

TOOL = go tool -modfile=internal/tools/go.mod
T ?= 60s
STEPS ?=
export BEE_TOOLS ?= $(HOME)/.cache/bee-tools

check: # what CI runs; STEPS="lint tests" names some of its steps
	.ci/run $(STEPS)

golden: # rewrite the golden files; then read the diff
	go test ./dmi ./smart ./nvme ./pci ./ipmi ./nvidia ./inventory/judge -update
	cd testdata && go test ./schema ./hosts -update

corpus: # BEE_CORPUS=DIR make corpus
	go test -v -run Corpus ./... | grep 'corpus:'

fuzz: # T=10m make fuzz
	sh internal/repo/fuzz.sh $(T)

soak: # two hours or more
	sh internal/repo/fuzz.sh 160s

torture: # BEE_CORPUS=DIR BEE_MUTANTS=N BEE_SEED=N BEE_CUTS=N make torture; two million mutants, every cut
	BEE_MUTANTS=$${BEE_MUTANTS:-2000000} go test -count=1 -timeout 4h -v -run 'Mutants|Hostile|Cuts|TwoOutputs|Linear|WrongType' ./internal/repo | awk '/mutants:|cuts:|joined:|_test.go|panic|FAIL|^ok/ { print; fflush() } /^ok/ { ok = 1 } END { exit !ok }'

release: check # all that CI has no time for
	.ci/run systems fleet beside
	go test -race ./...
	BEE_FAULTS=all go test -count=1 -v -run TestMatrixOfFailingTools ./inventory
	$(MAKE) oracle torture soak iso-test-all

bench:
	sh testdata/bench/run.sh

fleet: # the tests that "go test ./..." leaves out; N=10000 make fleet
	go test -C cmd/fleet -count=1 -timeout 0 -v . -fleet.n $(or $(N),180)

oracle: # ten thousand machines through every version of the tools
	cd testdata && BEE_ORACLE=10000 go test -count=1 -timeout 90m -v -run 'TestMachines|TestHostile' ./oracle/dmi
	cd testdata && BEE_ORACLE=2000 go test -count=1 -timeout 90m -v ./oracle/pci ./oracle/ipmi
	BEE_ORACLE=100 go test -count=1 -timeout 90m -v -run TestOracle ./nvme
	BEE_ORACLE=10000 go test -count=1 -v -run TestGeneratedMachines ./inventory/collect

lab: # M=NAME for one machine of testdata/lab/machines.go; BEE_LAB=DIR for its downloads
	sh testdata/lab/record.sh $(M)

iso-test:
	sh iso/test/run.sh

iso-test-all:
	sh iso/test/run.sh --all

.PHONY: check golden corpus fuzz soak torture bench fleet oracle lab iso-test iso-test-all release
