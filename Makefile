# Commentary PDFs to tables. `make help` says what each target does.

RAW ?= raw
OUTPUT ?= output
JOBS ?=
CLUSTER ?=
CORRECTIONS ?= corrections
RULES ?=
GOLD ?= tests/gold
PYTHON ?= $(firstword $(shell for name in python3.11 python3 python; do command -v $$name; done))

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
OPTIONS = --raw "$(RAW)" --output "$(OUTPUT)" --corrections "$(CORRECTIONS)" $(if $(JOBS),--jobs $(JOBS)) $(if $(CLUSTER),--cluster "$(CLUSTER)") $(if $(RULES),--rules "$(RULES)")

# Where the tables go that were made by the grammar alone.
ALONE = $(OUTPUT)/work/grammar-alone

# The models use no more threads than one: the work is spread over documents.
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := all
.PHONY: all setup extract tag resolve export report bundle test screenshots lint eval bench lock clean help

all: setup ## Do everything: read RAW/*.pdf, write every table, JSON file and page to OUTPUT (default)
	@$(PY) -m pipeline all $(OPTIONS) || { code=$$?; \
	  if [ $$code -eq 3 ]; then echo "make: finished; some documents failed, see $(OUTPUT)/problems.csv for what to do."; \
	  else exit $$code; fi; }

setup: $(STAMP) ## Create .venv and install the pinned packages (once)

$(STAMP): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "make: Python 3.11 is needed. Install it, or name it: make PYTHON=/path/to/python3.11"; exit 2; }
	@test -x $(PY) && $(PY) -c '' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	@$(PY) -m pip --disable-pip-version-check check
	@touch $@

extract: setup ## Read the PDFs: text, blocks, notes, marks
	@$(PY) -m pipeline extract $(OPTIONS)

tag: setup ## Extract, then find names in the text
	@$(PY) -m pipeline tag $(OPTIONS)

resolve: setup ## Extract and tag, then read the notes' citations
	@$(PY) -m pipeline resolve $(OPTIONS)

export: setup ## All of the above, then write the tables
	@$(PY) -m pipeline export $(OPTIONS)

report: setup ## All of the above, then write the pages to read in a browser
	@$(PY) -m pipeline report $(OPTIONS)

bundle: all ## Do everything, then zip the results for a colleague; with pictures of pages: PICTURES=1
	@$(PY) -m pipeline bundle --output "$(OUTPUT)" $(if $(PICTURES),--pictures)

test: setup ## Run the tests
	@$(PY) -m pytest $(ARGS)

screenshots: all ## Make the pictures of the pages in the README (needs Chromium)
	@$(PY) tests/report/browser/screenshots.py "$(OUTPUT)/site" tests/samples

lint: setup ## Check style and types
	@$(PY) -m ruff check .
	@$(PY) -m mypy

eval: setup ## Score the tables against the annotated commentaries in GOLD, also with the grammar alone
	@$(PY) -m pipeline export $(OPTIONS) --quiet || test $$? -eq 3
	@$(PY) -m pipeline eval --output "$(OUTPUT)" --gold "$(GOLD)" $(ARGS)
	@mkdir -p "$(ALONE)/work" && cp -R "$(OUTPUT)/work/extract" "$(ALONE)/work/"
	@$(PY) -m pipeline export $(OPTIONS) --output "$(ALONE)" --grammar-alone --quiet || test $$? -eq 3
	@echo; echo "With the grammar alone, no meeting series or initiative known:"
	@$(PY) -m pipeline eval --output "$(ALONE)" --gold "$(GOLD)" --grammar-alone $(ARGS)

bench: setup ## Time the pipeline against a plain script, as whole processes (ARGS="--count 40 --rounds 3")
	@$(PY) tests/bench/bench.py $(ARGS)

lock: ## Make requirements.lock anew from pyproject.toml (needs a package index)
	@rm -rf $(VENV)-lock
	@"$(PYTHON)" -m venv $(VENV)-lock
	@$(VENV)-lock/bin/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	  print(*p["dependencies"], *sum(p["optional-dependencies"].values(), []), sep="\n")' > $(VENV)-lock/wanted.txt
	@$(VENV)-lock/bin/python -m pip install --quiet -r $(VENV)-lock/wanted.txt
	@{ sed -n '/^#/p' requirements.lock; $(VENV)-lock/bin/python -m pip freeze; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock
	@rm -rf $(VENV)-lock

clean: ## Remove .venv, caches and what was written to output/ (not RAW)
	@rm -rf $(VENV) $(VENV)-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
	@find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@find output -mindepth 1 ! -name .gitkeep -delete 2>/dev/null || true

help: ## Say what each target does
	@echo "make [TARGET] [RAW=raw] [OUTPUT=output] [CORRECTIONS=corrections] [JOBS=number of processors] [CLUSTER=tcp://host:port] [RULES=rules] [PYTHON=python3.11] [GOLD=tests/gold]"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do \
	  printf '  %-11s %s\n' "$$name" "$$text"; done
