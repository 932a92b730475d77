# Everything a person does with this repository. `make help` lists it.
# SWIFT_BUILD_FLAGS is for people with special needs, such as another scratch path.

SWIFT ?= swift
FLAGS ?=
LASHC := $(shell $(SWIFT) build -c release $(FLAGS) --show-bin-path 2>/dev/null)/lashc

.PHONY: help demo test check format build release conformance unit clean

help: ## lists the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1|/' | column -t -s '|'

demo: release ## builds lashc and runs examples/research.lash against its mock host
	@$(LASHC) run examples/research.lash --mock examples/research.mock.json

test: conformance unit ## installs what is missing and runs all tests

check: ## format, lint, file sizes, imports, documentation, paths, decision numbers
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift
	scripts/check-sizes
	scripts/check-imports
	scripts/check-documents
	scripts/check-tails
	scripts/error-pages --check
	scripts/check-goldens

format: ## formats all Swift files in place
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

build: deps ## builds everything for debugging
	$(SWIFT) build $(FLAGS)

release: deps ## builds lashc, optimised and without dependencies at run time
	$(SWIFT) build -c release $(FLAGS) --static-swift-stdlib --product lashc

conformance: release ## runs the conformance cases, examples and the specification's examples
	scripts/check-tails
	scripts/error-pages --check
	scripts/check-goldens
	scripts/check-stack $(LASHC)
	$(LASHC) test conformance examples spec/language.md
	python3 conformance/run.py --command "$(LASHC) run --jsonl" --known conformance/KNOWN.md
	python3 conformance/run.py --command "$(LASHC) run --jsonl" --known conformance/KNOWN.md \
	  --examples examples

unit: deps ## runs the Swift tests
	$(SWIFT) test $(FLAGS)

clean: ## removes what was built
	$(SWIFT) package $(FLAGS) clean

.PHONY: deps
deps:
	@scripts/install-missing
