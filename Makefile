# Two commands for most people: `make site` builds the handbook, `make test` proves it.
# Both set up what they need in .venv and .browsers; nothing is installed elsewhere but, for tests,
# Debian's Chromium where no browser is found and the machine allows it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Material prints a notice about its own future into every build.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site offline serve check test test-firefox lint bench bench-search model mutants audit lock clean

help:  ## Say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15

site: $(VENV)/.site  ## Build the handbook into site/
	@$(BIN)/handbook build

offline: $(VENV)/.site  ## Build offline/, a folder that works without a server and without a line
	@$(BIN)/handbook build --offline

serve: $(VENV)/.site  ## Show the handbook at http://127.0.0.1:8000/ and follow every change
	@$(BIN)/mkdocs serve --no-strict --livereload --dev-addr 127.0.0.1:8000

check: $(VENV)/.site  ## Say what is wrong in content/, and where
	@$(BIN)/handbook check

test: lint  ## Run every test
	@CHROMIUM="$$(sh tests/find-chromium.sh)" && export CHROMIUM && $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

test-firefox: $(VENV)/.dev  ## Walk, search and leave in Firefox (needs Node)
	@$(BIN)/handbook build
	@$(BIN)/handbook build --offline
	@sh tests/firefox/run.sh

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/.dev  ## Measure speed, memory and sizes (SIZE=1000: of a guide with so many topics)
	@CHROMIUM="$$(sh tests/find-chromium.sh)" && export CHROMIUM && $(BIN)/python tests/bench.py

bench-search: $(VENV)/.dev  ## Measure the search on lines that nobody tuned it to (ON=dev: on those for tuning)
	@$(BIN)/handbook build
	@CHROMIUM="$$(sh tests/find-chromium.sh)" && export CHROMIUM && $(BIN)/python tests/search_measure.py $(or $(ON),test)

model: $(VENV)/.model  ## Train the search on what readers typed (content/search/), and keep what it learned
	@$(BIN)/handbook model

mutants: $(VENV)/.mutants  ## Change the code in 500 places and say which of it no test notices (SEED=, SIZE=)
	@$(BIN)/python tests/mutants.py $(if $(SEED),--seed $(SEED)) $(if $(SIZE),--size $(SIZE))

audit: $(VENV)/.dev  ## Run what needs Node and Java: types, HTML, Lighthouse, accessibility of every page
	@CHROMIUM="$$(sh tests/find-chromium.sh)" && export CHROMIUM && sh tests/audit/run.sh

lock: $(VENV)/.dev  ## Write the lock files anew from pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" pyproject.toml --group build -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" pyproject.toml --group build --group dev -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --group mutants --constraint requirements-dev.lock \
	  -o requirements-mutants.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --group model --constraint requirements-dev.lock \
	  -o requirements-model.lock

clean:  ## Remove what the other commands made
	rm -rf $(VENV) .browsers .bench site offline .site-* build *.egg-info tests/audit/node_modules tests/firefox/node_modules

# --- set-up: each stamp says that what it names is installed as locked ---------------------------

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@# mypy finds packages by the names of folders, and generator/ is imported as guidebook.
	@mkdir -p $(VENV)/typing && ln -sfn ../../generator $(VENV)/typing/guidebook
	@touch $@

$(VENV)/.model: requirements-model.lock $(VENV)/.dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-model.lock
	@touch $@

$(VENV)/.mutants: requirements-mutants.lock $(VENV)/.dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutants.lock
	@touch $@
