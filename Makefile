# make demo   install into .venv, build the graph of the sample documents, show what came out
# make test   install what tests need, check the style and the types, run all tests
# make lint   the checks of style and types only

SHELL := /bin/bash
.DELETE_ON_ERROR:

# The first Python that is new enough; another one: make PYTHON=/path/to/python demo
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(BIN)/python -m pip install --quiet

.PHONY: demo test lint clean

demo: $(VENV)/.installed
	$(BIN)/kg build seeds/ai-models/documents -o output
	@echo
	$(BIN)/kg query landscape --graph output
	@echo
	@echo "Open output/graph.html in a browser to see the graph; a click on a name shows the sentences behind it."
	@echo "output/kg.ttl holds the facts, output/claims.ttl who says them in which words, output/report.json what was read."
	@echo "Next:  source $(BIN)/activate && kg explain 通义千问"

test: $(VENV)/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find output -mindepth 1 -not -name .gitkeep -delete

# Some systems' Python comes without ensurepip; then the pip that is there puts one into the new environment.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: needs Python 3.11 or newer; name it with make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $@ install --quiet pip; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) -e .
	@touch $@

# This torch is the one for processors: HanLP by itself takes one with the libraries of graphics cards, of gigabytes.
$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(PIP) torch==2.13.0
	$(PIP) -e '.[test,hanlp]'
	@touch $@ $(VENV)/.installed
