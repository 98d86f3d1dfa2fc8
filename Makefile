# The two commands of the README, and what developers need. Each installs what is missing first.
SHELL := /bin/bash
ROOT := $(CURDIR)

# An empty or unwritable HOME must not stop a build: caches go into the build folder then.
ifeq ($(strip $(HOME)),)
  export HOME := $(ROOT)/.build-home
else ifneq ($(shell test -w "$(HOME)" && echo yes),yes)
  export HOME := $(ROOT)/.build-home
endif

SEEDBED := .build/release/seedbed
PYTHON := .venv/bin/python

.PHONY: demo test lint build dependencies bench check clean

## A dataset of 8 episodes in demo/dataset and a contact sheet, demo/sheet.png.
demo: build
	rm -rf demo && mkdir -p demo
	$(SEEDBED) preview Scenes/pick-place.yaml --seed 1 --count 16 --out demo/sheet.png
	$(SEEDBED) generate Scenes/pick-place.yaml --episodes 8 --seed 1 --out demo/dataset
	$(SEEDBED) inspect demo/dataset
	@echo "Look at demo/sheet.png; load demo/dataset with LeRobot."

## Lint, all Swift tests, and the outside world as judge (pyarrow, PyAV).
test: dependencies lint
	swift build -c release --build-tests
	swift test -c release --no-parallel --skip-build
	bash Scripts/python-environment.sh
	$(PYTHON) -m pytest -q Tests/OutsideWorld

build: dependencies
	swift build -c release

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks

## CPU seconds an episode by stage, each stage against its bare work; both arms; what a night of many episodes costs.
bench: build
	bash Benchmarks/run.sh cost
	bash Benchmarks/run.sh physics
	bash Benchmarks/run.sh night 2000

dependencies:
	@bash Scripts/install-dependencies.sh

clean:
	rm -rf .build .venv demo
