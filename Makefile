# Two commands: `make site` builds content/ into _site/; `make test` checks everything.
# Both need only Python 3.11 or newer, make and git; what they install stays in .venv/.
# Tools are called as `python -m …`, since a script's first line cannot hold a path with a space.

.DEFAULT_GOAL := site
.PHONY: site test check pace browser serve bench fuzz reliability repeat mutation coverage shots golden clean help

CONTENT ?= content
OUTPUT ?= _site
JOBS ?= 2
SECONDS ?= 60
RUNS ?= 20

IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)

# Debian packs Python's venv apart; root may fetch it.
GET_VENV := test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -qq -y --no-install-recommends python3-venv
RUN := .venv/bin/python
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Installed anew only where what is asked for, or the place of the checkout, has changed.
KEY := $(shell (pwd; cat pyproject.toml constraints.txt) | cksum | cut -d ' ' -f 1)
INSTALLED := .venv/installed-$(KEY)
INSTALLED_DEV := .venv/installed-dev-$(KEY)
INSTALLED_BENCH := .venv/installed-bench-$(KEY)
INSTALLED_DEEP := .venv/installed-deep-$(KEY)

site: $(INSTALLED) ## build content/ into _site/ and say where to open it
	@$(RUN) build.py build --content "$(CONTENT)" --output "$(OUTPUT)"
	@$(RUN) -c 'import pathlib, sys; print("Open", pathlib.Path(sys.argv[1], "index.html").resolve().as_uri())' "$(OUTPUT)"

test: check browser pace ## every check: lint, format, types, import contract, pace, tests, browser tests
	@$(RUN) -m pytest --numprocesses $(JOBS) --dist worksteal

check: $(INSTALLED_DEV) ## the static checks alone; pre-commit calls this
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -c 'from importlinter.cli import lint_imports_command as main; main()'

pace: $(INSTALLED_BENCH) ## fail where a build has become slower beside Hugo and Pagefind
	@$(RUN) benchmarks/build.py --check

browser: $(INSTALLED_DEV) # a browser for the tests, where none is found
	@$(RUN) -m tests.browser.chromium

serve: $(INSTALLED) ## live preview of content/
	@$(RUN) build.py serve --content "$(CONTENT)" --output "$(OUTPUT)"

bench: $(INSTALLED_BENCH) ## every figure that the README and docs claim
	@for script in benchmarks/[a-z]*.py; do \
		if test -e "$$script"; then echo "== $$script"; $(RUN) "$$script" || exit 1; fi; done

fuzz: $(INSTALLED_DEEP) ## fuzz every reader of what strangers write, for SECONDS each
	@CONSPECTUS_DEPTH=full $(RUN) -m pytest tests/fuzz --numprocesses $(JOBS) --dist worksteal
	@$(RUN) -m tests.fuzz.run $(SECONDS)

reliability: browser $(INSTALLED_DEEP) ## the full counts of what must never happen, into docs/reliability.md
	@$(RUN) -m tests.reliability $(ROWS)

repeat: browser $(INSTALLED_DEV) ## run the tests of the browser and of faults RUNS times, and count the runs that were clean
	@$(RUN) -m tests.repeat $(RUNS) $(FILES)

mutation: $(INSTALLED_DEEP) ## change a sample of the core's lines, and list the changes that no test notices
	@$(RUN) -m tests.mutation $(ROOMS)

coverage: browser $(INSTALLED_DEEP) ## what the tests run of the program, by branches
	@$(RUN) -m pytest --numprocesses $(JOBS) --dist worksteal --cov conspectus --cov-branch --cov-report term:skip-covered

shots: site browser ## screenshots of every kind of page, and one sheet of them all
	@$(RUN) -m tests.browser.shots "$(OUTPUT)"

golden: $(INSTALLED_DEV) ## make the copies of pages and topics anew that tests/golden compares with
	@$(RUN) -m tests.golden.golden
	@$(RUN) -m tests.golden.topics

clean: ## remove the site, working state and caches; .venv stays
	rm -rf _site .conspectus dist mutants .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -path ./.venv -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | while IFS='|' read -r name does; do \
		printf '%-12s %s\n' "$$name" "$$does"; done

$(INSTALLED): | $(RUN)
	@echo "Installing into .venv (once)"
	@$(INSTALL) hatchling
	@$(INSTALL) --no-build-isolation --editable .
	@rm -f .venv/installed-*
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	@echo "Installing the development tools into .venv (once)"
	@$(INSTALL) --no-build-isolation --editable ".[dev]"
	@touch $@

$(INSTALLED_BENCH): $(INSTALLED_DEV)
	@echo "Installing the programs that builds are compared with into .venv (once)"
	@$(INSTALL) --no-build-isolation --editable ".[bench]"
	@touch $@

$(INSTALLED_DEEP): $(INSTALLED_DEV)
	@echo "Installing what fuzzing, mutation and coverage need into .venv (once)"
	@$(INSTALL) --no-build-isolation --editable ".[deep]"
	@touch $@

$(RUN):
	@test -n "$(PYTHON)" && "$(PYTHON)" -c '$(IS_NEW_ENOUGH)' || { \
		echo "Conspectus needs Python 3.11 or newer. Name one: make site PYTHON=/path/to/python3.12" >&2; exit 1; }
	@rm -rf .venv
	@"$(PYTHON)" -m venv .venv || { $(GET_VENV) && rm -rf .venv && "$(PYTHON)" -m venv .venv; } || { \
		rm -rf .venv; \
		echo "Python lacks its module venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
