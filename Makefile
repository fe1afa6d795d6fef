# make demo   install into .venv, build the graph of the sample documents, show what came out
# make test   install what tests need, check the style and the types, run all tests
# make lint   the checks of style and types only
# make web    bundle what the pages take from npm into kg/web/dist (needs Node; without it all else works)
# make notebooks   open the notebooks in JupyterLab

SHELL := /bin/bash
.DELETE_ON_ERROR:

# The first Python that is new enough; another one: make PYTHON=/path/to/python demo
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(BIN)/python -m pip install --quiet

.PHONY: demo test lint clean web notebooks

demo: $(VENV)/.installed $(VENV)/.web
	$(BIN)/kg build seeds/ai-models/documents -o output
	@echo
	$(BIN)/kg query landscape --graph output
	@echo
	@echo "Open output/graph.html in a browser to see the graph; a click on a name shows the sentences behind it."
	@echo "output/kg.ttl holds the facts, output/claims.ttl who says them in which words, output/report.json what was read."
	@echo "Next:  source $(BIN)/activate && kg explain 通义千问"

test: $(VENV)/.installed-test $(VENV)/.web $(VENV)/.browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

web: $(VENV)/.web

notebooks: $(VENV)/.installed $(VENV)/.web
	$(PIP) -e '.[notebooks]' jupyterlab
	$(BIN)/jupyter lab --notebook-dir notebooks

clean:
	rm -rf $(VENV) kg/web/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
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

# The libraries come from npm by the lock file; a machine without Node, or one that reaches no index, goes on without.
$(VENV)/.web: $(wildcard kg/web/src/*.js kg/web/package.json kg/web/package-lock.json) | $(BIN)/python
	@if command -v npm >/dev/null 2>&1; then \
		mkdir -p $(VENV)/web && cp kg/web/package.json kg/web/package-lock.json $(VENV)/web/ && \
		cp -R kg/web/src $(VENV)/web/ && \
		(cd $(VENV)/web && npm ci --no-audit --no-fund --loglevel=error >npm.log 2>&1 && npm run --silent build) && \
		mkdir -p kg/web/dist && cp $(VENV)/web/dist/* kg/web/dist/ && touch $@ || \
		{ cat $(VENV)/web/npm.log >&2; \
		echo "make: the web bundle could not be built (above); all but the WebGL view of large graphs works" >&2; }; \
	else \
		echo "make: no Node here, so no web bundle; all but the WebGL view of large graphs works" >&2; \
	fi

# A browser for the tests that need one: Debian's, with a font that has Chinese.
$(VENV)/.browser: | $(BIN)/python
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium fonts-noto-cjk) >/dev/null; } || \
		echo "make: no chromium here, and none can be installed; the tests in a browser will say so" >&2
	@touch $@
