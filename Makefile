# The everyday commands of Charroi. Python 3.11 or later and make are all they need.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PY := .venv/bin/python
MANAGE := $(PY) manage.py
PYTEST := $(PY) -m pytest
# Runs a command, then stops the embedded database unless someone else uses it.
DURING := $(PY) -m config.embedded during
WORDS := $(patsubst %.po,%.mo,$(wildcard */locale/*/LC_MESSAGES/*.po))
COMPILE := .venv/bin/uv pip compile --quiet pyproject.toml --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
# Containers often forbid Python to keep what it compiles: every process of ours, and the
# tests start hundreds, would then compile Django anew for five seconds.
unexport PYTHONDONTWRITEBYTECODE
# A file stays on one worker: what it made for all its tests is made once, and the
# databases of the demo, whose names are the same everywhere, have one user.
# Three on two cores: some tests wait for processes, clocks and servers.
THREE_WORKERS := -n 3 --dist loadfile --no-loadscope-reorder
# Races measure and wait: they want the machine's two cores to themselves.
ALONE := $(wildcard tests/races)
# What looks for known mistakes has an environment of its own, and asks no network.
TOOLS := var/tools/bin
OURS := config hub orders pricing producers routing vouchers
# How long the long run plays, in all.
HOURS := 2
# Browsers wait more than they work: three at once, after the others.
BROWSERS := $(wildcard tests/browser)
# The parts of `make test` want the machine one after the other.
.NOTPARALLEL:
# Those that stop where a guide shows a picture.
SHOWING = $(shell grep -l guide_picture tests/browser/test_*.py)

.PHONY: help install python tools browser-libraries words chromium
.PHONY: tests-most tests-browsers tests-races
.PHONY: previous-release run demo check test soak fmt bench messages docs lock

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: python browser-libraries ## Prepare .venv, the browser libraries and the translations
	@$(MAKE) --no-print-directory --silent words

# What was installed is kept beside it: a second call compares and does nothing.
python:
	@cmp -s requirements-dev.lock .venv/installed.lock || .ci/install python

tools: python
	@cmp -s .ci/tools.lock var/tools/installed.lock || .ci/install tools

browser-libraries: python
	@cmp -s package-lock.json node_modules/.installed.json || .ci/install browser-libraries

words: $(WORDS)

%.mo: %.po
	@.venv/bin/pybabel -q compile -i $< -o $@ -l $(word 3,$(subst /, ,$<))

run: install ## Serve the site on this machine, with what the database holds
	@$(DURING) $(MANAGE) serve

demo: install ## Load a fictional hub, play its weeks, serve it; Ctrl-C ends everything
	@$(DURING) $(MANAGE) demo $(ARGS)

check: install tools ## What a review runs: style, types, floors, rooms, known mistakes
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(DURING) .venv/bin/mypy .
	.venv/bin/lint-imports
	$(TOOLS)/bandit --quiet --recursive --configfile pyproject.toml $(OURS) .ci
	$(TOOLS)/semgrep scan --config .ci/semgrep.yml --metrics off --disable-version-check \
		--no-git-ignore --quiet --error $(OURS)
	$(DURING) $(PYTEST) -n 2 tests/house

test: tests-most tests-browsers tests-races ## Every test but the long ones

tests-most: install chromium
	$(DURING) $(PYTEST) $(THREE_WORKERS) -m "not soak and not services" \
		$(ALONE:%=--ignore=%) $(BROWSERS:%=--ignore=%)

tests-browsers: install chromium
ifneq ($(BROWSERS),)
	$(DURING) $(PYTEST) -n 3 -m "not soak and not services" $(BROWSERS)
endif

tests-races: install
ifneq ($(ALONE),)
	$(DURING) $(PYTEST) -m "not soak and not services" $(ALONE)
endif

soak: install ## The long runs, HOURS=2 of them, with figures in var/soak at the end
	$(DURING) $(PY) -m tests.soak --hours $(HOURS)

fmt: install ## Format the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: install ## Measure the planner on known problems (see benchmarks/results.md)
	$(PY) -m benchmarks.routing $(ARGS)

messages: install ## Gather the sentences to translate into the catalogues
	$(DURING) $(MANAGE) messages

docs: install chromium ## Write the pages of errors, proofs and tables, the guides with their pictures and PDFs
	.venv/bin/python -m tests.house.errors_page
	.venv/bin/python -m tests.house.proofs_page
	.venv/bin/python -m tests.house.webhooks_page
	DJANGO_SETTINGS_MODULE=config.settings .venv/bin/python -m tests.house.exchange_page
	$(DURING) env GUIDE_PICTURES=yes $(PYTEST) -m "not soak" $(SHOWING)
	$(DURING) $(MANAGE) guides var/guides
	$(DURING) $(PYTEST) tests/house/test_docs.py tests/house/test_proofs.py tests/house/test_guides.py

previous-release: ## Note the migrations of the newest tag (or of REF), for the tests of an upgrade
	$(PY) -m tests.deploy.previous $(REF)

chromium:
	@.ci/install chromium

lock: python ## Choose anew the versions in the lock files
	$(PY) -m pip install --quiet uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock
	$(subst pyproject.toml,.ci/tools.in,$(COMPILE)) -o .ci/tools.lock
