# Every target sets up what it needs: Python >= 3.11, make and git are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test lint check demo bench campaign campaign-full campaign-hosts soak lock schemas clean

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "hrd-monitor needs Python 3.11 or newer; name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv" >&2; rm -rf $(VENV); exit 2; }

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/run.stamp            ## the daemon on the shipped files: embedded database, console channel
	@test -e watchlist.yaml || { umask 077; cp watchlist.example.yaml watchlist.yaml; echo "watchlist.yaml made from watchlist.example.yaml: invented people, replace them with yours."; }
	$(BIN)/hrd-monitor run

test: $(VENV)/dev.stamp           ## the whole test suite
	$(BIN)/python -m pytest -n 2 --dist worksteal tests

lint: $(VENV)/dev.stamp           ## style, types, import contracts, docstrings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interrogate --quiet monitor alerts benchmarks

check: lint test                  ## what CI runs

demo: $(VENV)/run.stamp           ## an offline demonstration, under a minute
	$(BIN)/python -m demo

bench: $(VENV)/dev.stamp          ## every benchmark, one JSON line a figure
	$(BIN)/python -m benchmarks all

SEED ?= 1
ROUNDS ?= 20
campaign: $(VENV)/dev.stamp       ## break and kill the real daemon: every case once, then ROUNDS rounds of SEED; the last line is the verdict
	$(BIN)/python -m tests.campaign --seed $(SEED) --rounds $(ROUNDS)

campaign-full: $(VENV)/dev.stamp  ## the whole matrix of a campaign; hours
	$(BIN)/python -m tests.campaign --seed $(SEED) --rounds $(ROUNDS) --full

campaign-hosts: $(VENV)/dev.stamp ## three daemons on one PostgreSQL, killed, paused and cut off: ROUNDS rounds of SEED; the last line is the verdict
	$(BIN)/python -m tests.campaign.hosts --seed $(SEED) --rounds $(ROUNDS)

soak: $(VENV)/dev.stamp           ## three hundred sources for a while: does memory grow, do files stay open?
	$(BIN)/python -m tests.campaign.soak

schemas: $(VENV)/run.stamp        ## write the editors' schemas anew
	$(BIN)/hrd-monitor schema --write schemas

lock:                             ## pin every dependency anew, with hashes and without index addresses
	uv pip compile pyproject.toml --extra postgres --extra pgp --extra backup --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --extra postgres --extra pgp --extra backup --group build --group dev --constraint requirements.lock --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --output-file requirements-dev.lock

clean:                            ## remove the virtual environment and caches, never your data
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
