# make demo   sets up what is missing, builds, shows everything on a fictional cache
# make test   sets up what is missing, runs every check that continuous integration runs
# make name-scoreboard   scores name matchers side by side, a quarter of an hour
# make link-scoreboard   scores linkage beside Splink, ten minutes; needs the shared data
# make intake-robustness adds files made to break readers, ten minutes; needs the shared tools
# make screens    writes a picture of every screen into ./screens

.PHONY: demo test setup build web lint check-generated unit web-unit web-test screens screens-figures docs install clean name-scoreboard link-scoreboard intake-robustness
.DEFAULT_GOAL := build

# Where cargo builds.
TARGET := $(or $(CARGO_TARGET_DIR),target)

# nextest where it is installed, the standard runner elsewhere; the tests are the same.
RUNNER := $(shell cargo nextest --version >/dev/null 2>&1 && echo "nextest run --no-fail-fast" || echo "test --no-fail-fast --lib --bins --tests")

demo: setup web
	cargo build --release --locked --package crossroll
	rm -rf demo
	$(TARGET)/release/crossroll demo demo

test: setup web lint unit web-unit web-test docs check-generated

setup:
	@scripts/setup

build: setup web
	cargo build --release --locked --package crossroll

# The screens, which the next build of the program takes in.
web: setup
	scripts/npm run --silent build -- --logLevel warn

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
	.venv/bin/typos

unit:
	CROSSROLL_PYTHON=$(CURDIR)/.venv/bin/python cargo $(RUNNER) --workspace --locked
	cargo test --workspace --doc --locked --quiet

web-unit:
	scripts/npm run --silent check
	scripts/npm run --silent test

# A real browser before a real server with the demo case; the program is the one that the tests use.
web-test:
	cargo test --workspace --no-run --locked --quiet
	scripts/npm run --silent browser

screens: setup web
	cargo build --locked --package crossroll
	SCREENS=$(CURDIR)/screens scripts/npm run --silent browser

# How fast the screens are on a large case: make screens-figures CASE=FOLDER
screens-figures: setup web
	cargo build --release --locked --package crossroll
	FIGURES=1 CASE=$(abspath $(CASE)) scripts/npm run --silent browser

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet

# What is generated and committed must be what its generator makes.
check-generated:
	cargo run --quiet --locked --package xtask -- make-demo --check

# Writes benches/names/SCOREBOARD.md; options: scripts/name-scoreboard --help.
name-scoreboard:
	scripts/name-scoreboard

# Writes benches/linkage/SCOREBOARD.md; options: scripts/link-scoreboard --help.
link-scoreboard:
	scripts/link-scoreboard

# Writes benches/intake/ROBUSTNESS.md.
intake-robustness:
	scripts/intake-robustness

install: build
	install -D $(TARGET)/release/crossroll $(DESTDIR)/usr/local/bin/crossroll

clean:
	cargo clean
	rm -rf .venv demo screens web/dist web/node_modules
