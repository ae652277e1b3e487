# Everything runs in a virtual environment of its own; only Python >= 3.11, make and git are needed.
# `make test` also needs Chromium, for the tests in a browser, and `make spark` Java from 17 on:
# apt-get install --no-install-recommends chromium openjdk-17-jre-headless
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test spark check installed format snapshots tour benchmark clean

run: $(STAMP)
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/ascribe; \
	else $(BIN)/ascribe rank kadhimi_2021 && echo && $(BIN)/ascribe why kadhimi_2021; fi

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal --ignore tests/spark

# The Spark engine: the conformance suite of all engines, and a feed ranked by it. One process, which starts Spark once.
spark: $(STAMP)
	$(BIN)/python -m pytest tests/spark

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/ascribe check
	$(BIN)/ascribe fmt --check

# The wheel with the oldest and with the newest Textual it admits: every pane of every screen shows something.
installed: $(STAMP)
	$(BIN)/python -m tests.installed.with_each_textual

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the screens are drawn as, for tests/tui/test_snapshots.py; look at the difference before it is committed.
snapshots: $(STAMP)
	$(BIN)/python -m tests.tui.snapshots

# The pictures of docs/tour.md, and the one of the README.
tour: $(STAMP)
	$(BIN)/python docs/make_tour.py

benchmark: $(STAMP)
	$(BIN)/python benchmarks/interactive.py

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

clean:
	rm -rf $(VENV) build dist
