# The front door. `make help` lists what there is.
SHELL := /bin/bash
export PATH := $(CURDIR)/.tools/node/bin:$(PATH)
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help setup build demo test check unit host browser bench soak package screenshots storyboard-sheet studio up-with-comfyui down-with-comfyui clean
.PHONY: pipelines test-pipelines

FOLDER ?=
CPU ?=
export MODELS ?= $(HOME)/Auteur_Workspace/Library/AI_Models
comfyui := $(if $(CPU),COMFYUI_ARGS="--cpu $${COMFYUI_ARGS:---disable-all-custom-nodes}") docker compose -f pipelines/comfyui/compose.yaml $(if $(CPU),,-f pipelines/comfyui/compose.gpu.yaml)

help: ## list every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

setup: ## install every tool that building and testing need
	@scripts/setup.sh test

build: .ready ## build the extension, the command line and the pages
	@node esbuild.mjs

demo: build ## make a demo film with a take of every shot
	@node scripts/demo.mjs

test: setup ## run every check and test
	@node scripts/test.mjs

check: .ready ## run the static checks: types, lint, format, layers, unused code
	@node scripts/check.mjs

unit: .ready ## run the unit tests
	@npm run --silent test:unit

host: setup build ## run the tests inside a real VS Code: the newest, then 1.112
	@npm run --silent test:host
	@npm run --silent test:host:old

browser: setup build ## drive a real VS Code in a browser
	@npm run --silent test:browser

bench: setup ## measure speed and sizes, and rewrite docs/benchmarks.md
	@npm run --silent bench

soak: setup build ## make 500 takes in ten minutes while runners, containers and the engine are killed (JOBS=…, SEED=…)
	@npm run --silent soak -- $(if $(JOBS),--jobs $(JOBS)) $(if $(SEED),--seed $(SEED))

package: .ready ## make the .vsix
	@npm run --silent package

screenshots: setup build ## take the pictures of the README from the running extension
	@node scripts/screenshots.mjs

storyboard-sheet: setup build ## draw every framing, movement and staging on contact sheets, to look at
	@node scripts/storyboardSheet.mjs

pipelines: ## build the image of FLUX under its three names (BASE_IMAGE=… for another base)
	@pipelines/flux/build.sh

test-pipelines: ## run the real FLUX code on the CPU, with a tiny model; installs PyTorch
	@pipelines/flux/test.sh

studio: setup build ## open the extension in a real VS Code in the browser (FOLDER=… for a folder of yours)
	@node scripts/studio.mjs $(FOLDER)

up-with-comfyui: ## start a ComfyUI in a container at 127.0.0.1:8188 (MODELS=… its models, CPU=1 without a card)
	@$(comfyui) up --build --detach --wait

down-with-comfyui: ## stop it; its pictures stay
	@$(comfyui) down

clean: ## delete everything that was built
	@rm -rf dist dist-test test-results coverage *.vsix

.PHONY: .ready
.ready:
	@scripts/setup.sh build
