# Everything is set up in .venv; PYTHON names the interpreter to make it with.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test check docs lock clean

help:
	@echo "make demo   set up, and see the whole of it work without a network"
	@echo "make test   set up, and pass the checks and the tests"
	@echo "make docs   build the documentation into docs/_build/html"
	@echo "make lock   renew requirements.txt from pyproject.toml (needs uv)"
	@echo "make clean  remove what the other targets made"

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(READY)
	$(BIN)/wireroom demo

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadscope

docs: $(READY)
	$(BIN)/sphinx-build -W --keep-going -b html docs docs/_build/html

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --group dev --upgrade pyproject.toml -o requirements.txt

clean:
	rm -rf $(VENV) docs/_build dist .mypy_cache .pytest_cache .ruff_cache
