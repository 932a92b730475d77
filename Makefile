# Everything a person does with this repository. `make help` lists it.
# SWIFT_BUILD_FLAGS is for people with special needs, such as another scratch path.

SWIFT ?= swift
FLAGS ?=
BENCH ?=
SOURCES := Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift \
  Fuzz/Sources Fuzz/Package.swift
BENCHMARKS := --package-path Benchmarks --scratch-path .build/benchmarks
# Frame pointers would cost each instruction of the machine two moves to and from the stack.
RELEASE := -c release --static-swift-stdlib --omit-frame-pointers
TARGET ?= json
SECONDS ?= 60
FUZZ := --package-path Fuzz --scratch-path .build/fuzz \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xswiftc -use-ld=lld
FUZZER := .build/fuzz/release/fuzz
CORPUS := .build/fuzz/corpus-$(TARGET)
# Without a dynamic linker a process starts in half the time.
STATIC := $(if $(filter Linux,$(shell uname)),-Xswiftc -static-executable)
LASHC := $(shell $(SWIFT) build -c release $(FLAGS) --show-bin-path 2>/dev/null)/lashc
PROMPT = $(shell $(SWIFT) build $(FLAGS) --show-bin-path 2>/dev/null)/lash-repl

SUITE := conformance examples spec/language.md spec/types.md
RECORDED := --fuel-record conformance/fuel.json

.PHONY: help demo test check pages goldens format build release conformance unit hard asan tsan
.PHONY: lsp vscode prompt repl sessions bench fuzz differential typed replay ring pictures clean

help: ## lists the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1|/' | column -t -s '|'

demo: release ## builds lashc and runs examples/research.lash against its mock host
	@$(LASHC) run examples/research.lash --mock examples/research.mock.json

test: conformance lsp sessions pictures unit repl ## installs what is missing and runs all tests

check: ## format, lint, file sizes, imports, documentation, paths, decision numbers
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)
	scripts/check-sizes
	scripts/check-imports
	scripts/check-documents
	scripts/check-tails
	scripts/error-pages --check
	scripts/check-goldens
	scripts/editor-grammars --check

pages: ## writes spec/errors into the tool, for `lashc explain`
	scripts/error-pages

goldens: ## records anew what is said about broken programs, for a look at the difference
	LASH_RECORD=1 $(SWIFT) test $(FLAGS) --filter Golden || git diff --stat Tests
	LASH_RECORD=1 $(MAKE) repl sessions && git diff --stat Tests docs

format: ## formats all Swift files in place
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

build: deps ## builds everything for debugging
	$(SWIFT) build $(FLAGS)

release: deps ## builds lashc, optimised and without dependencies at run time
	$(SWIFT) build $(RELEASE) $(STATIC) $(FLAGS) --product lashc

pictures: release ## draws the graphs of all examples into .build/pictures and opens them in Chromium
	@scripts/install-missing chromium
	scripts/check-pictures $(LASHC) .build/pictures

conformance: release ## runs the conformance cases, examples and the specification's examples
	scripts/check-tails
	scripts/error-pages --check
	scripts/check-goldens
	scripts/check-stack $(LASHC)
	scripts/check-large $(LASHC)
	$(LASHC) test $(RECORDED) $(SUITE)
	$(LASHC) test --hard snapshot --sample 1 $(RECORDED) $(SUITE)
	python3 conformance/run.py --command "$(LASHC) run --jsonl" --known conformance/KNOWN.md
	python3 conformance/run.py --command "$(LASHC) run --jsonl" --known conformance/KNOWN.md \
	  --examples examples

lsp: release ## drives the language server and the editors' files by real clients
	@scripts/install-missing nvim:neovim
	@scripts/python-tools .build/lsp-tools pytest pytest-lsp lsprotocol
	LASHC=$(abspath $(LASHC)) .build/lsp-tools/bin/python -m pytest -q Tests/LanguageServerTests

vscode: ## lays out and packs the VS Code extension in .build/vscode
	scripts/vscode-extension .build/vscode

unit: deps ## runs the Swift tests
	$(SWIFT) test $(FLAGS)

prompt: deps ## builds the prompt and starts it
	$(SWIFT) build -c release $(FLAGS) --product lash-repl
	@$(dir $(LASHC))lash-repl

repl: deps ## a scripted person at the prompt: sessions in a terminal of their own
	$(SWIFT) build $(FLAGS) --product lash-repl
	@scripts/python-tools .build/prompt-tools pexpect==4.9.0 pyte==0.8.2
	.build/prompt-tools/bin/python Tests/Prompt/run.py $(PROMPT)
	scripts/check-sessions docs/lash-repl.md $(PROMPT)

sessions: release ## runs the sessions that docs/lashc.md shows
	scripts/check-sessions docs/lashc.md $(LASHC)

hard: release ## runs the conformance cases in all hard modes, with a snapshot after every instruction
	for mode in poison realloc fuel "snapshot --sample 2000"; do \
	  echo "$$mode" && $(LASHC) test --hard $$mode $(RECORDED) $(SUITE) || exit 1; \
	done

# XCTest leaks when it ends. What the machine leaks its memory meter tells, after every snapshot.
asan: deps ## runs the tests of the machine with the address sanitizer
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test $(FLAGS) --sanitize=address --scratch-path .build-asan \
	  --filter 'LashVMTests|FuzzTests'

tsan: deps ## runs the tests of machines on several threads with the thread sanitizer
	$(SWIFT) test $(FLAGS) --sanitize=thread --scratch-path .build-tsan --filter 'Parallel|Driver'

bench: release ## runs the benchmarks against Lua and Python and writes Benchmarks/RESULTS.md
	@scripts/install-missing lua5.4
	$(SWIFT) build $(RELEASE) $(FLAGS) $(BENCHMARKS) --product lash-bench
	python3 Benchmarks/bench.py --lashc $(LASHC) $(BENCH) \
	  --inprocess $$($(SWIFT) build -c release $(FLAGS) $(BENCHMARKS) --show-bin-path)/lash-bench

fuzz: ## fuzzes TARGET (json, program, snapshot, source) for SECONDS; findings go to Fuzz/FailCases
	$(SWIFT) build -c release $(FLAGS) $(FUZZ) --product fuzz
	mkdir -p $(CORPUS)
	$(FUZZER) $(TARGET) seeds $(CORPUS) .
	ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no $(FUZZER) $(TARGET) $(CORPUS) -max_total_time=$(SECONDS) \
	  -max_len=16384 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
	  -artifact_prefix=Fuzz/FailCases/$(TARGET)/

differential: deps ## compares the machine with the reference evaluator for ten minutes
	LASH_DIFFERENTIAL_SECONDS=$(or $(SECONDS),600) LASH_DIFFERENTIAL_SEED=$(or $(SEED),1) \
	  $(SWIFT) test -c release -Xswiftc -enable-testing $(FLAGS) --filter DifferentialTests

typed: deps ## builds and runs 100,000 programs by type, and breaks as many (some minutes)
	LASH_TYPED_PROGRAMS=100000 $(SWIFT) test -c release -Xswiftc -enable-testing $(FLAGS) \
	  --filter WellTypedProgramTests

replay: deps ## runs, replays and steps 20,000 random programs with effects (some minutes)
	LASH_REPLAY_PROGRAMS=20000 $(SWIFT) test -c release -Xswiftc -enable-testing $(FLAGS) \
	  --filter ReplayPropertyTests

ring: release ## ten thousand processes that signal one another: under a second and 200 MB
	scripts/check-ring $(LASHC)

clean: ## removes what was built
	$(SWIFT) package $(FLAGS) clean

.PHONY: deps
deps:
	@scripts/install-missing
