# Two commands: `make demo` (the main job, end to end) and `make test` (everything checked).
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help setup demo run test bench simulate mutants fuzz texts rare-fonts bundle deb deb-check clean
BIN := .venv/bin
WINDOW := $(if $(DISPLAY)$(WAYLAND_DISPLAY),--open-desk)
ARGS ?=
LAYOUT ?= uos
MINUTES ?= 8
SEEDS ?= 500
FIRST_SEED ?= 1

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: ## .venv with the pinned packages, and the system libraries of Qt
	@.ci/setup

demo: setup ## a case comes in, is mediated, is issued as PDF and travels to a district server; data in .demo/
	@$(BIN)/station demo --dir .demo $(WINDOW) $(ARGS)

run: setup ## the desk
	@$(BIN)/station-app $(ARGS)

test: ## lint, format, types, layers and all tests, with a table of what ran and what was skipped
	@.ci/setup --tests
	@$(BIN)/python .ci/checks.py $(ARGS)

bench: setup ## the measurements, each against its bound
	@$(BIN)/python -m pytest tests/benchmarks -m bench -p no:randomly -s $(ARGS)

simulate: ## stories of travelling from seeds (SEEDS=n FIRST_SEED=m); a broken one is shortened and printed
	@$(BIN)/python -m tests.simulation.run --seeds $(SEEDS) --first $(FIRST_SEED) --short $(ARGS)

mutants: ## faults planted one at a time into both ends of the line, each to be found by the stories
	@$(BIN)/python -m tests.simulation.mutants $(ARGS)

fuzz: ## everything that reads bytes from outside, guided by coverage (MINUTES=n for all of it; needs atheris)
	@$(BIN)/python -m tests.fuzz.run $(MINUTES) $(ARGS)

texts: ## collect the texts of the desk into resources/i18n and compile the English ones
	@$(BIN)/pyside6-lupdate -silent -no-obsolete -locations none -source-language zh_CN -target-language en_US \
	  $$(find station_app/ui -name '*.py' | sort) -ts resources/i18n/desk_en_US.ts
	@$(BIN)/pyside6-lrelease -silent resources/i18n/desk_en_US.ts -qm resources/i18n/desk_en_US.qm
	@! grep -n 'type="unfinished"' -B1 resources/i18n/desk_en_US.ts

rare-fonts: setup ## the optional rare-character pack, as a wheel of data and as a folder, in dist/
	@.ci/rare_fonts

bundle: setup ## the desk, the command and the launcher packed with PyInstaller, in dist/
	@.ci/bundle

deb: bundle ## a .deb of them (UOS layout; LAYOUT=debian for other desktops, APPID=name)
	@$(BIN)/python .ci/deb.py --layout $(LAYOUT) $(ARGS)

deb-check: deb ## that .deb installed into a root of its own, started on a screen, removed
	@$(BIN)/python .ci/deb_check.py "$$(ls -t dist/*.deb | head -1)" --picture dist/deb-check.png

clean: ## everything that the commands above made in this folder
	@rm -rf .venv .demo .bench .pg build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
