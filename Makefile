# make run    sets up, builds, and runs the suite against the embedded reference server
# make test   sets up, and runs every check and test
# make selftest  plays every case with every defect, compares what is caught with fixtures/claims, and lets the server
#                break down in the middle of every case
# make bench  sets up, and measures the parsers against their peers

.PHONY: run build test check selftest prove bench clean

RELEASE = .build/release/parley

run: build
	$(RELEASE) run

build:
	scripts/setup run
	swift build -c release --product parley --static-swift-stdlib

test:
	scripts/setup run test
	$(MAKE) check

check:
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build
	swift run --skip-build parley lint

selftest: build
	$(MAKE) prove

# What “selftest” does, by the program that is built already: PARLEY=.build/debug/parley takes the one of “make test”.
PARLEY = $(RELEASE)
prove:
	$(PARLEY) selftest
	$(PARLEY) selftest --endurance --every 20

bench:
	scripts/setup run bench
	Benchmarks/run

clean:
	swift package clean
