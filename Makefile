# Everything that one does with the project. `make help` lists it.

PYTHON ?= python3
PY := .venv/bin/python
UV := .venv/bin/uv
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Every part compiles three thousand modules otherwise, where the surroundings forbid Python to keep them (as containers do).
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled
# Checks run as on a developer's own machine, on a database of their own.
LOCAL := DEBUG=1 DEMO=0

.DEFAULT_GOAL := help
.PHONY: help setup run test lint lint-types lint-rest tests tests-postgres proof bench pictures messages lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/*/*/LC_MESSAGES/*.po))

setup: .venv/.installed node_modules/.installed $(CATALOGUES) ## make the environment

%.mo: %.po .venv/.installed
	@$(PY) -c 'import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' $< $@

run: setup ## start everything: web, background work, and on a new database the demonstration
	@$(PY) -m config.start

test: .venv/.installed-dev node_modules/.installed lint tests tests-postgres ## every check

# The types take as long as everything else together.
lint: .venv/.installed-dev node_modules/.installed $(CATALOGUES)
	@$(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),-Otarget) lint-types lint-rest \
		|| { echo "The part that failed is marked *** above, below its own lines."; exit 1; }

lint-types:
	$(LOCAL) $(PY) -m mypy

lint-rest:
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	.venv/bin/lint-imports --no-logo
	.venv/bin/djlint --lint --quiet templates
	$(LOCAL) $(PY) manage.py makemigrations --check --dry-run
	$(LOCAL) $(PY) manage.py check --fail-level WARNING
	$(PY) -m tests.deployment

tests: .venv/.installed-dev node_modules/.installed
	$(PY) -m pytest -m "not browser" -n 2 --dist loadfile --no-loadscope-reorder
	$(PY) -m pytest -m browser -n 2 --dist worksteal

tests-postgres: .venv/.installed-dev node_modules/.installed
	$(PY) -m tests.with_postgres $(PY) -m pytest -m postgres -p no:randomly -n 2 --dist loadfile --no-loadscope-reorder

proof: .venv/.installed-dev node_modules/.installed ## the properties at full volume; writes docs/proof.md
	$(PY) -m tests.proof

bench: .venv/.installed-dev node_modules/.installed ## the performance table
	$(LOCAL) $(PY) -m bench

pictures: .venv/.installed-dev node_modules/.installed ## renew docs/pictures/
	$(PY) -m tests.pictures

messages: .venv/.installed-dev ## collect new texts for translation (needs gettext)
	$(LOCAL) $(PY) manage.py makemessages -l sv --no-location --no-obsolete -i .venv -i node_modules -i var

lock: .venv/.installed ## renew the locks, keeping what is pinned
	$(UV) pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate -q -o requirements.lock
	$(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate -q -c requirements.lock -o requirements-dev.lock

clean: ## remove the environment (never the data in var/)
	rm -rf .venv node_modules

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PY) -m pip install -q --disable-pip-version-check uv

.venv/.installed: $(PY) requirements.lock
	@$(UV) pip install -q --python $(PY) --require-hashes -r requirements.lock
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	@$(UV) pip install -q --python $(PY) --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.installed: .venv/.installed package-lock.json
	@npm ci --silent
	@touch $@
