# Names worth remembering; each is a plain command.

TOOL = go tool -modfile=internal/tools/go.mod
T ?= 60s
SHELLS = $(shell git ls-files '*.sh') .ci/run

check:
	test -z "$$(gofmt -l .)"
	go vet ./...
	$(TOOL) staticcheck ./...
	go test -race ./...
	shellcheck -x -P SCRIPTDIR $(SHELLS)

golden: # rewrite the golden files; then read the diff
	go test ./dmi ./smart ./nvme ./pci ./ipmi ./nvidia -update
	cd testdata && go test ./schema ./hosts -update

corpus: # BEE_CORPUS=DIR make corpus
	go test -v -run Corpus ./... | grep 'corpus:'

fuzz: # T=10m make fuzz
	sh internal/repo/fuzz.sh $(T)

bench:
	sh testdata/bench/run.sh

fleet: # the tests that "go test ./..." leaves out; N=10000 make fleet
	go test -C cmd/fleet -count=1 -timeout 0 -v . -fleet.n $(or $(N),180)

oracle: # ten thousand machines through every version of the tools
	cd testdata && BEE_ORACLE=10000 go test -count=1 -timeout 90m -v -run 'TestMachines|TestHostile' ./oracle/dmi
	cd testdata && BEE_ORACLE=2000 go test -count=1 -timeout 90m -v ./oracle/pci ./oracle/ipmi
	BEE_ORACLE=100 go test -count=1 -timeout 90m -v -run TestOracle ./nvme

iso-test:
	sh iso/test/run.sh

iso-test-all:
	sh iso/test/run.sh --all

.PHONY: check golden corpus fuzz bench fleet oracle iso-test iso-test-all
