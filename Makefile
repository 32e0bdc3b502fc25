# make run       sets up, builds, and runs the suite against the embedded reference server
# make test      sets up, and runs every check and test
# make selftest  plays every case with every defect, compares what is caught with fixtures/claims, and lets the server
#                break down in the middle of every case
# make prove     after make test: the same, and plays every case in the tests that make test plays some cases in
# make real      after make test: plays every case with a client in a program of its own, as A and as B
# make bench     sets up, and measures the parsers against their peers

.PHONY: run build test check selftest defects prove real bench clean

PARLEY = .build/release/parley

run: build
	$(PARLEY) run

build:
	scripts/setup run
	swift build -c release --product parley

test:
	scripts/setup run test
	$(MAKE) check

check:
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build -c release --build-tests --explicit-target-dependency-import-check error
	swift test -c release --skip-build
	$(PARLEY) lint

selftest: build
	$(MAKE) defects

defects:
	$(PARLEY) selftest
	$(PARLEY) selftest --endurance --every 20

# By what “make test” has built.
prove: defects
	PARLEY_EVERY_CASE=1 swift test -c release --skip-build \
		--filter '(Blame|Disturbance|Execution.*Deviation|Fairness|Hostile.*|RealCase|Reference|RunSchema|SecuredCase)Tests'

# By what “make test” has built.
real:
	PARLEY_REAL_SUITE=1 swift test -c release --skip-build --filter RealSuiteTests

bench:
	scripts/setup run bench
	Benchmarks/run

clean:
	swift package clean
