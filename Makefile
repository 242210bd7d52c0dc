# `make demo` shows Openchair, `make test` proves it. Python 3.11, git and make are enough for both to begin.
# Both lock files pin every package by hash and name no index: any mirror that pip is set to serves them, verified.

BIN := .venv/bin
PORT ?= 8080
DATA ?= data/demo
export PYTHON

.PHONY: help install demo test check format lock bench clean system
.DEFAULT_GOAL := help

help:
	@echo "make demo     the chat page at http://127.0.0.1:$(PORT)/ (PORT=..., DATA=...)"
	@echo "make install  what it takes to host: then .venv/bin/openchair init"
	@echo "make test     everything that is checked, and every test"
	@echo "make check    format, lint, types, import arrows, content"
	@echo "make format   put the format right"
	@echo "make lock     pin the newest packages that pyproject.toml allows"
	@echo "make bench    measure (bench/)"
	@echo "make pictures take the documentation's pictures anew, from the demo"
	@echo "make clean    remove what was made, but not data/"

.venv/.made-from-requirements.lock: requirements.lock pyproject.toml scripts/environment
	@scripts/environment run

.venv/.made-from-requirements-dev.lock: requirements-dev.lock pyproject.toml scripts/environment
	@scripts/environment dev

install: .venv/.made-from-requirements.lock

demo: .venv/.made-from-requirements.lock
	@exec $(BIN)/python -m bot demo --port $(PORT) --data $(DATA)

system:
	@scripts/system-packages

test: system check
	@$(BIN)/python -m pytest -n 2

check: .venv/.made-from-requirements-dev.lock
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; echo "make format mends it"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m bot check --content

format: .venv/.made-from-requirements-dev.lock
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: .venv/.made-from-requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --group setup --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --quiet --custom-compile-command "make lock" -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --constraints requirements.lock --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --quiet --custom-compile-command "make lock" -o requirements-dev.lock

bench: .venv/.made-from-requirements-dev.lock
	@$(BIN)/python -m bench

pictures: .venv/.made-from-requirements-dev.lock
	@$(BIN)/python -m tests.pictures

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
