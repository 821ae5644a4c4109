# Every target sets up what it needs by itself; Python 3.11 or newer with venv, git and make are enough.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
NEWSWATCH := $(BIN)/newswatch
COMPOSE ?= docker compose
PROFILES := --profile replay --profile feeds --profile kminion

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format bench bench-long evaluate docs dashboards screenshots train up down logs ps image-steps clean

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newswatch needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; name another with make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9

# The stamp is older than the lock only when there is something to do.
.venv/.synced: pyproject.toml uv.lock | $(UV)
	UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --frozen --inexact --quiet
	@touch $@

install: .venv/.synced ## Make .venv with everything in it

demo: install ## Start Kafka and a worker, replay the five seed articles, print their alerts; KEEP=1 leaves a console
	$(NEWSWATCH) run seeds/articles $(if $(KEEP),--keep)

# Two at a time: most live tests wait for something to start or to come. Each of the two has a broker of its own.
test: install ## All tests, those on the real broker too
	$(BIN)/pytest -n 2 --dist worksteal

lint: install ## Ruff and mypy, nothing is changed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: install ## Lay the code out, mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: install ## Speeds as ratios, a table and build/bench.json
	$(BIN)/python -m tests.bench --out build/bench.json

ARTICLES ?= 10000000
DAYS ?= 30
bench-long: install ## A simulated month through the duplicate check: ARTICLES=10000000 DAYS=30, some hours
	$(BIN)/python -m tests.bench.bench_long --articles $(ARTICLES) --days $(DAYS) --out build/bench-long.json

# The corpora are not in the repository: without their folder only what is there is measured.
evaluate: install ## How good it is, a table and docs/quality.md; DATA=folder for the corpora as well
	$(BIN)/python -m tests.quality $(if $(DATA),--data '$(DATA)')

docs: install dashboards ## Write what is generated from code: schemas, the picture of the flow, dashboards
	$(BIN)/python -m streams.docs

dashboards: install ## Write Grafana's dashboards; CONSOLE=address RUNBOOKS=address OUT=folder for an edition of your own
	$(BIN)/python -m dashboards.grafana $(if $(CONSOLE),--console '$(CONSOLE)') $(if $(RUNBOOKS),--runbooks '$(RUNBOOKS)') $(if $(OUT),--out '$(OUT)')

screenshots: install ## Take the README's pictures of the console anew; Debian's chromium is needed
	$(BIN)/python -m tests.screenshots docs/screenshots

# What training needs stands apart, in build/train: torch and, on Linux, the CUDA libraries that its wheel on PyPI asks
# for even where there is no graphics card; some 4 GB on disk.
build/train/.synced: pyproject.toml uv.lock | $(UV)
	UV_PROJECT_ENVIRONMENT=build/train $(UV) sync --frozen --quiet --no-default-groups --group train
	@touch $@

DATA ?=
train: build/train/.synced ## Train the bundled networks anew from the corpora: make train DATA=folder
	@test -n "$(DATA)" || { echo "say where the corpora are: make train DATA=folder (training/README.md lists them)" >&2; exit 2; }
	build/train/bin/python -m training $(DATA)

# The console is reached through a port of the host, so it asks for a token; this one stays for the next start.
.console-token:
	@(umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_hex(32))' > $@)

WITH_TOKEN = NEWSWATCH_CONSOLE_TOKEN="$${NEWSWATCH_CONSOLE_TOKEN:-$$(cat .console-token)}" $(COMPOSE)

up: .console-token ## Start the deployment in containers; WORKERS=3 starts three workers
	$(WITH_TOKEN) up --detach --build
	@echo "Grafana: http://127.0.0.1:3000; the console: http://127.0.0.1:8464, its token: .console-token (ports: .env)"

down: .console-token ## Stop the deployment; its data stay
	$(WITH_TOKEN) $(PROFILES) down

logs: .console-token ## Follow what the deployment logs
	$(WITH_TOKEN) $(PROFILES) logs --follow --tail 100

ps: .console-token ## What of the deployment runs, and how it is
	$(WITH_TOKEN) $(PROFILES) ps

image-steps: install ## The Dockerfile's steps in a folder, without an engine
	$(BIN)/pytest tests/test_dockerfile.py

clean: ## Remove what was built here; the cache of Kafka's jars stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
