# The two that a fresh machine needs are `make run` and `make test`; `make help` lists the others.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# The lock names everything, so that pip need not look for what else is wanted, or for newer releases.
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps
LOCK   := UV_CACHE_DIR=.cache/uv $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
          --generate-hashes --no-emit-index-url --no-emit-find-links --emit-build-options \
          --custom-compile-command "make lock"
# One more at a time than there are cores, since many wait for a process or a page; begun as tests/order.py says.
SPREAD := -n $$($(BIN)/python -c "import os; print(os.cpu_count() + 1)") --maxprocesses=4 --dist=loadfile \
          --no-loadscope-reorder
KEYS   := -k N_ -k t -k m -k tn:1,2 -k mn:1,2 -k tc:1c,2 -k mc:1c,2

.DEFAULT_GOAL := help
.PHONY: help setup tools run test again faults check format coverage soak bench simulate pictures messages catalogues lock audit image clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.run ## make .venv with what the bot needs to run
tools: $(VENV)/.dev ## the same, with the tools for tests and checks

run: setup ## run the bot; without Slack tokens, in its practice workspace
	$(BIN)/python bot.py run

test: tools ## run every test but the long ones of `make faults`, on all cores
	$(BIN)/python -m pytest $(SPREAD) -m "not long"

again: tools ## run the tests that failed once more, one after the other
	$(BIN)/python -m pytest --last-failed --last-failed-no-failures none

faults: tools ## inject every fault that Focal survives, and print what was seen (some minutes)
	$(BIN)/python -m pytest -n logical --maxprocesses=4 --dist=loadfile -p tests.faults.report -m fault --whole

check: tools ## everything but the tests: style, types, floors, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir .cache/import-linter
	$(BIN)/python -m tests.catalogues

format: tools ## put style right where that can be done without thinking
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage: tools ## run every test and say which lines none of them reached
	$(BIN)/python -m pytest $(SPREAD) -m "not long" --cov --cov-report=term-missing

soak: tools ## send thousands of notices through faults and kills, and count them
	$(BIN)/python -m bench.soak

bench: tools ## measure the hot paths, then soak (half an hour; QUICK=1: five minutes)
	$(BIN)/python -m bench
	$(BIN)/python -m bench.soak

simulate: tools ## let ISC-TF live through a year, and count what its members get to hear
	$(BIN)/python -m bench.simulate

pictures: tools ## take the pictures of docs/pictures from a practice workspace
	$(BIN)/python -m tests.pictures

messages: tools ## collect the messages of the code and bring every catalogue up to date
	$(BIN)/pybabel --quiet extract -F babel.cfg $(KEYS) --no-default-keywords -c "Translators:" --no-location \
	  --sort-output --omit-header -o .cache/focal.pot .
	for file in $(wildcard locales/*/LC_MESSAGES/focal.po); do \
	  code=$${file#locales/}; code=$${code%%/*}; \
	  $(BIN)/pybabel --quiet update -i .cache/focal.pot -o $$file -l $$code --no-fuzzy-matching \
	    --ignore-obsolete --no-wrap --ignore-pot-creation-date || exit 1; \
	  text=$$(cat $$file) && printf '%s\n' "$$text" > $$file; done

catalogues: setup ## compile the catalogues (the bot also reads them uncompiled)
	$(BIN)/pybabel --quiet compile -D focal -d locales

lock: tools ## resolve requirements*.in anew into the locks
	$(LOCK) requirements.in -o requirements.lock
	$(LOCK) requirements-dev.in -o requirements-dev.lock

audit: tools ## write the bill of materials, and look the locked versions up among the known vulnerabilities
	$(BIN)/python -m tests.supply

image: ## build the container image without Docker (as root, on Debian), and try it
	.ci/image

clean: ## forget everything that can be made again
	rm -rf $(VENV) .cache

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Focal needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(BIN)/python
	$(PIP) -r requirements.lock
	touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/python
	$(PIP) -r requirements-dev.lock
	touch $(VENV)/.run $@
