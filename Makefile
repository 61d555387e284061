# SPDX-License-Identifier: Apache-2.0
# build, demo, test, format, docs, install. Needs Swift 6.2 or later and Debian packages only.
SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
PACKAGES := libsqlite3-dev zlib1g-dev libzstd-dev liblz4-dev liblzma-dev
REPRISE = .build/release/reprise
DEMO = .build/demo-registry

# What some tests compare with; REPRISE_PYHF names another Python that has it.
PEER := .build/pyhf

.PHONY: build demo pythia pyhf test lint format docs install dependencies clean

build: dependencies
	$(SWIFT) build -c release --product reprise \
	  --explicit-target-dependency-import-check error

# Installs what is missing where it may; otherwise says the one line to type.
dependencies:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' \
	    || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq$$missing >/dev/null; \
	  elif sudo -n true 2>/dev/null; then \
	    sudo apt-get update -qq && sudo apt-get install -y -qq$$missing >/dev/null; \
	  else \
	    echo "Missing Debian packages. Type: sudo apt-get install -y$$missing" >&2; exit 1; fi; fi

# Registers, reinterprets and queries a real search in one go, in a registry of its own.
SEARCH := workflows/squark-multijet
comma := ,
say = @echo; echo '$$ reprise $(1)'; REPRISE_REGISTRY=$(DEMO) $(REPRISE) $(1)
demo: build
	@rm -rf $(DEMO)
	$(call say,register $(SEARCH))
	$(call say,reinterpret squark-multijet $(SEARCH)/signals/sqsq_1400_0.yaml)
	$(call say,plan squark-multijet $(SEARCH)/signals/sqsq_1800_0.yaml)
	$(call say,reinterpret squark-multijet --brief $(SEARCH)/signals/*.yaml)
	$(call say,reinterpret squark-multijet --brief $(SEARCH)/signals/*.yaml)
	$(call say,results --quantity cross_section_upper_limit --where "m_sq_gev >= 1400")
	$(call say,verify squark-multijet --brief)
	$(call say,scan start $(SEARCH)/scan.yaml)
	$(call say,contour squark-plane)
	$(call say,predict squark-plane --at m_sq_gev=1500$(comma)m_lsp_gev=300)
	$(call say,figure squark-plane --output .build/squark-plane.svg)

# The same plane with events that Pythia 8 makes at each point: needs Python and some minutes.
PYTHIA := .build/pythia
pythia: build
	test -x $(PYTHIA)/bin/python3 || python3 -m venv $(PYTHIA)
	$(PYTHIA)/bin/pip install --quiet --only-binary :all: -r $(SEARCH)/requirements.txt
	$(REPRISE) register $(SEARCH)
	PATH="$(CURDIR)/$(PYTHIA)/bin:$$PATH" $(REPRISE) scan start $(SEARCH)/scan-pythia.yaml
	$(REPRISE) figure squark-plane-pythia --output .build/squark-plane-pythia.svg

# pyhf and uproot for the tests beside them, which are left out where there are none.
pyhf:
	test -x $(PEER)/bin/python3 || python3 -m venv $(PEER)
	$(PEER)/bin/python3 -m pip install --quiet --only-binary :all: \
	  -r Tests/PyhfTests/Peer/requirements.txt

test: dependencies lint
	$(SWIFT) build -c release --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test -c release --skip-build

lint:
	$(SWIFT) format lint --strict --parallel -r Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --parallel -r Sources Tests Package.swift

MODULES := Differentiation Histograms Events HistFactory Inference Sampling Figures Artifacts \
  Workflow Preservation Scheduling Steps Reinterpretation
# The modules' documentation, linked with each other, under docs/.
docs: dependencies
	REPRISE_DOCUMENTATION=1 $(SWIFT) package --scratch-path .build-docs \
	  --allow-writing-to-directory docs generate-documentation \
	  $(foreach module,$(MODULES),--target $(module)) --enable-experimental-combined-documentation \
	  --warnings-as-errors --transform-for-static-hosting --output-path docs

# The manual page and the completions are the argument parser's own.
install: build
	$(SWIFT) package generate-manual
	install -D -m 755 $(REPRISE) $(DESTDIR)$(PREFIX)/bin/reprise
	install -D -m 644 .build/plugins/GenerateManual/outputs/reprise/reprise.1 \
	  $(DESTDIR)$(PREFIX)/share/man/man1/reprise.1
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(REPRISE) --generate-completion-script bash \
	  > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/reprise
	$(REPRISE) --generate-completion-script zsh \
	  > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_reprise
	$(REPRISE) --generate-completion-script fish \
	  > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/reprise.fish

clean:
	rm -rf .build .build-docs docs
