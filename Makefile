# The commands of the README. `make help` lists them from the lines marked with two hashes.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
DEV_READY := .venv/ready-dev
UV_VERSION := 0.13.9
export UV_PYTHON_DOWNLOADS := never
export FLASK_APP := wsgi

.DEFAULT_GOAL := help
.PHONY: help run test check mutants guide bench lock format vendor

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | sed 's/^/make /' | expand -t 16

run: $(READY) ## Start the shop: environment, migrations, demo, web and worker
	@$(BIN)/python -m app.run

test: $(DEV_READY) ## Everything the tests need, then all tests
	@$(BIN)/python -m tests.run

check: $(DEV_READY) ## Format, lint, types, import contracts, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

mutants: $(DEV_READY) ## Small faults in rules and services, each of which a test should notice; long
	@$(BIN)/python -m tests.mutants

guide: $(DEV_READY) ## The pictures of the guide for farmers, and docs/guide
	@$(BIN)/python -m tests.guide

bench: $(DEV_READY) ## The benchmarks, each beside its floor; writes docs/performance.md's table
	@$(BIN)/python -m bench.run

format: $(DEV_READY) ## Put the code into the house's form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

vendor: $(DEV_READY) ## Fetch the third-party files of static/vendor anew
	@$(BIN)/python -m app.assets.fetch

lock: $(DEV_READY) ## Write requirements*.txt from requirements*.in
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile -q $$name.in --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	    --no-emit-find-links --no-header -o $$name.txt; done

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gốc needs Python 3.11 or newer."; exit 1; }
	@echo "Getting ready what Gốc needs: half a minute, this once …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3-venv is missing: install it first (Debian: apt-get install python3-venv)."; rm -rf .venv; exit 1; }
	@$(BIN)/python -m uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/python -m uv pip install -q --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.txt
	@touch $@

$(DEV_READY): $(READY) requirements-dev.txt
	@$(BIN)/python -m uv pip install -q --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.txt -r requirements-dev.txt
	@touch $@
