# `make reproduce` and `make test` need Python 3.11 or later and a package index, nothing else.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup reproduce translations test test-browser test-spark lint validate docs benchmark lock judge metadata lab clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile

setup: $(READY) ## Make the environment in .venv from requirements.lock

# uv installs what the lock names, from the index pip is configured for; where uv cannot, pip does the same, slower.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version.split()[0] + "; set PYTHON=python3.12, for instance")'
	@start=$$(date +%s); \
	rm -rf $(VENV) && $(PYTHON) -m venv $(VENV) && \
	awk '/^uv==/ { print; on = 1; next } on && /^[^ #]/ { exit } on' requirements.lock > $(VENV)/uv.lock && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.lock && \
	index=$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true)}; \
	if [ -n "$$index" ] && [ -z "$${UV_DEFAULT_INDEX:-}" ]; then UV_DEFAULT_INDEX=$$index; export UV_DEFAULT_INDEX; fi; \
	{ $(BIN)/uv pip install --quiet --compile-bytecode --python $(VENV) --require-hashes -r requirements.lock || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; } && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e . && \
	$(BIN)/python -m compileall -q digital_diplomacy && \
	touch $(READY) && echo "set-up: $$(( $$(date +%s) - start )) s"

reproduce: $(READY) ## Execute every notebook and write reports/ (ARGS="rankings -p country=UZB --lang kk")
	@$(BIN)/python -m digital_diplomacy reproduce $(ARGS)

translations: $(READY) ## Bring the catalogues of translated prose up to date (ARGS="rankings --lang kk", ARGS=--check)
	@$(BIN)/python -m digital_diplomacy translations $(ARGS)

# Plugins are named, as pytest would otherwise rewrite all of hypothesis for every worker; and what it rewrites of the tests
# is kept for the next run, whatever the environment says. All tests of a file go to one worker: they share what is made
# once, and files that start processes come first. A worker for each processor, but no more than four: each one imports
# and collects everything anew.
test: $(READY) ## Run the tests
	@PYTHONDONTWRITEBYTECODE= PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(BIN)/python -m pytest -q -p xdist -p _hypothesis_pytestplugin -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

test-browser: $(READY) ## Run the tests that open JupyterLab and the pages in Chromium; they fail where there is none
	@$(BIN)/python -m pytest -q -m browser tests $(ARGS)

# The whole of Spark takes the place of its client for these tests alone: it lies beside the environment, not in it.
test-spark: $(READY) ## Run the tests that count on a master and a worker of Spark on this machine; they need Java 17
	@test -d $(VENV)/spark || $(BIN)/uv pip install --quiet --python $(VENV) --target $(VENV)/spark 'pyspark>=4.0,<4.1'
	@PYTHONPATH=$(VENV)/spark $(BIN)/python -m pytest -q -m spark tests $(ARGS)

lint: $(READY) ## Check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

validate: $(READY) ## Check every table against its description
	$(BIN)/frictionless validate data/raw/datapackage.json
	$(BIN)/frictionless validate data/processed/datapackage.json

# Everything the site needs comes with the packages: nothing is fetched, and the check refuses a page that would fetch.
docs: $(READY) ## Build the documentation as a site in docs/_build and check every link of it
	@$(BIN)/python -m sphinx -q -W --keep-going -j auto -b html -d docs/_build/trees docs docs/_build/html
	@$(BIN)/python docs/_site/check.py docs/_build/html

judge: $(READY) ## Have the repository judged by tools of others, and print their marks (ARGS="zizmor deptry")
	$(BIN)/python .ci/judge.py $(ARGS)

lock: $(READY) ## Resolve pyproject.toml anew into requirements.lock
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --extra dev --custom-compile-command "make lock" pyproject.toml -o requirements.lock

metadata: $(READY) ## Write codemeta.json and .zenodo.json from CITATION.cff, and the tables of docs/replication.md
	$(BIN)/python .ci/metadata.py
	$(BIN)/python .ci/replication.py

lab: $(READY) ## Open the notebooks in JupyterLab (ARGS="--no-browser --port=8889")
	@$(BIN)/python -m digital_diplomacy lab $(ARGS)

clean: ## Remove what the commands above made
	rm -rf $(VENV) docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find reports -mindepth 1 ! -name .gitignore -delete
