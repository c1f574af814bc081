# Each target sets up what it needs; Python 3.11 or newer and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASE ?= cases/venezuela-2025
OUT ?= out/$(notdir $(CASE))

.PHONY: setup assess test conformance lint bench torture fuzz lock clean

setup: $(VENV)/.ready

# The lock holds hashes and no index addresses; wheels only, nothing is compiled.
$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (make PYTHON=python3.x)")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

assess: setup
	$(BIN)/shieldwall assess $(CASE) --out $(OUT)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# One thread for linear algebra: on small matrices more of them only wait for each other.
test: lint
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest

# The same tests at full length: all weeks by pyAgrum, thousands of simulated worlds; minutes.
conformance: lint
	CONFORMANCE=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest tests/authorities tests/control

bench: setup
	$(BIN)/python -m benchmarks

# Kills the evidence store's writer 200 times; minutes.
torture: setup
	$(BIN)/python -m torture

# Each parser in turn, or those in FUZZ, for FUZZ_SECONDS; atheris is wanted by nothing else.
FUZZ_SECONDS ?= 600
fuzz: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r fuzz/requirements.txt
	$(BIN)/python -m fuzz $(FUZZ) --seconds $(FUZZ_SECONDS)

lock:
	$(PYTHON) tools/lock.py

clean:
	rm -rf $(VENV) out
