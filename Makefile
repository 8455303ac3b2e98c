# Tasks of the project. `make` lists them; every target builds what it needs in .venv.
#
#   PYTHON=python3.12 make check    use another interpreter to build .venv
#   make check ARGS="..."           pass arguments to the command behind a target

PYTHON ?= python3
ARGS ?=
# Tests and checks are many processes, each of which would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Stamps, so that `make check` need not wait for the development tools, nor these for JupyterLab.
RUNTIME := $(VENV)/.installed-runtime
DEV := $(VENV)/.installed-dev
LAB := $(VENV)/.installed-lab

PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input
OLD := import sys; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
# pip must not run twice at once in one environment.
.NOTPARALLEL:
.DELETE_ON_ERROR:

.PHONY: help
help: ## list the targets
	@echo 'Usage: make TARGET [ARGS="..."]'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# --- environment ---------------------------------------------------------------------------------

# A .venv made by hand is kept; one whose interpreter has gone is made anew.
$(PY):
	@command -v '$(PYTHON)' >/dev/null || { \
		echo 'error: $(PYTHON) was not found; install Python 3.11 or newer, or name one:' >&2; \
		echo '       PYTHON=/path/to/python3.12 make $(MAKECMDGOALS)' >&2; exit 1; }
	@'$(PYTHON)' -c '$(OLD)' || { \
		echo "error: $(PYTHON) is $$('$(PYTHON)' --version 2>&1), but Python 3.11 or newer is needed; name one:" >&2; \
		echo '       PYTHON=python3.12 make $(MAKECMDGOALS)' >&2; exit 1; }
	@echo "Creating $(VENV) with $$('$(PYTHON)' --version)"
	@rm -f $(BIN)/python*
	@'$(PYTHON)' -m venv $(VENV) || { rm -f $(BIN)/python*; exit 1; }

# Stamps that outlived their interpreter say nothing.
ifneq ($(shell test -x $(PY) || echo gone),)
$(RUNTIME) $(DEV) $(LAB): force
endif
.PHONY: force

define prepare
@$(PY) -c '$(OLD)' || { \
	echo "error: $(VENV) holds $$($(PY) --version 2>&1), but Python 3.11 or newer is needed;" >&2; \
	echo '       remove $(VENV) and run make again' >&2; exit 1; }
@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip --default-pip >/dev/null
endef

$(RUNTIME): pyproject.toml | $(PY)
	$(prepare)
	@echo 'Installing synaptic-energy into $(VENV)'
	@$(PIP_INSTALL) --editable .
	@touch $@

$(DEV): pyproject.toml | $(PY)
	$(prepare)
	@echo 'Installing synaptic-energy and its development tools into $(VENV)'
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $(RUNTIME) $@

$(LAB): pyproject.toml | $(PY)
	$(prepare)
	@echo 'Installing synaptic-energy and JupyterLab into $(VENV)'
	@$(PIP_INSTALL) --editable '.[lab]'
	@touch $(RUNTIME) $@

# --- results -------------------------------------------------------------------------------------

.PHONY: check
check: $(RUNTIME) ## compare theory, high precision and simulation
	@$(BIN)/synaptic-energy check $(ARGS)

.PHONY: lab
lab: $(LAB) ## open the notebooks in JupyterLab
	OPENBLAS_NUM_THREADS=1 $(BIN)/jupyter lab --notebook-dir=notebooks $(ARGS)

# --- quality -------------------------------------------------------------------------------------

.PHONY: test
test: $(DEV) ## run the tests
	OPENBLAS_NUM_THREADS=1 $(PY) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: attack
attack: $(DEV) ## hostile calls, command lines and files, and kills at random moments
	OPENBLAS_NUM_THREADS=1 $(PY) -m pytest -m attack $(ARGS)

.PHONY: bench
bench: $(DEV) ## time this version beside an old one, all rows but those of ARGS="check"
	$(PY) -m tests.benchmarks.ratios $(ARGS)

.PHONY: rivals
rivals: $(DEV) ## time the code beside other ways to the same results
	OPENBLAS_NUM_THREADS=1 $(PY) -m pytest tests/benchmarks --benchmark-only --override-ini 'python_files=bench_*.py' $(ARGS)

.PHONY: lint
lint: $(DEV) ## check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

.PHONY: format
format: $(DEV) ## mend style and formatting where that is safe
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: types
types: $(DEV) ## check the types
	$(PY) -m mypy

.PHONY: contracts
contracts: $(DEV) ## check which modules may import which
	$(BIN)/lint-imports

.PHONY: quality
quality: lint types contracts test ## all of lint, types, contracts and test

.PHONY: docs
docs: $(DEV) ## build the documentation in docs/_build/html
	$(PY) -m sphinx -W --keep-going -q -j auto -b html docs docs/_build/html

# --- housekeeping --------------------------------------------------------------------------------

.PHONY: clean
clean: ## remove caches and build outputs, but keep .venv
	rm -rf build dist docs/_build .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find theory montecarlo tests docs notebooks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
