# De twee opdrachten voor een nieuwe computer: `make run` en `make test`.
# All a target needs beside Go is built from its module; nothing is downloaded as a binary.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BIN := bin/lmz-triage
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo onbekend)
LDFLAGS := -s -w -X main.version=$(VERSION)
GO ?= go
FUZZTIME ?= 10s
DATA ?= data

.PHONY: help build run test unit fuzz generate lint fmt bench cover image clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/lmz-triage
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/lmz-triage

run: build ## build and start the service with demo data on 127.0.0.1:8080
	$(BIN) serve --demo --data $(DATA)

test: generate lint unit fuzz ## everything: generated files, lint, all tests with the race detector, fuzzing

unit: ## all tests with the race detector
	@echo '== tests, with the race detector'
	$(GO) test -race -timeout 30m ./...

fuzz: ## every fuzz target for FUZZTIME (10s)
	@.ci/fuzz $(FUZZTIME)

generate: ## write the generated files again; fails when they were not up to date
	@echo '== generated files'
	$(GO) generate ./...
	@if git rev-parse --git-dir >/dev/null 2>&1 && [ -n "$$(git status --porcelain -- $$(cat .ci/generated))" ]; then \
	  git --no-pager diff --stat -- $$(cat .ci/generated); echo 'generated files were out of date: commit what changed'; exit 1; fi

lint: ## gofmt, vet and golangci-lint (built from its module at first use)
	@echo '== lint'
	@out=$$(gofmt -l cmd fixtures policies service); if [ -n "$$out" ]; then echo "gofmt would change: $$out"; exit 1; fi
	$(GO) vet ./...
	@.ci/lint

fmt: ## format Go and Rego
	gofmt -w cmd fixtures policies service
	$(GO) run ./cmd/lmz-triage policy format policies

bench: ## benchmarks with their ratios, readable by benchstat (opa is built from its module at first use)
	@.ci/opa
	$(GO) test -run '^$$' -bench . -benchmem -timeout 90m ./...

cover: ## coverage of the Go code and of the policy
	$(GO) test -coverprofile=cover.out -coverpkg=./service/...,./cmd/...,./policies/... ./...
	$(GO) tool cover -func=cover.out | tail -n 1
	$(GO) run ./cmd/lmz-triage policy cover policies

image: ## container image (needs a container engine)
	docker build --build-arg VERSION=$(VERSION) -t lmz-triage:$(VERSION) .

clean: ## remove what was built
	rm -rf bin cover.out
