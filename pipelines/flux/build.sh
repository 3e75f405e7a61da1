#!/usr/bin/env bash
# Builds the image of FLUX, one image under the three names that Auteur asks for.
#   BASE_IMAGE  an image with Python 3.11 or later and PyTorch, instead of the one the Dockerfile names
#   ENGINE      docker or podman; by itself the first of them that answers
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly tags=(auteur-flux:1.0-draft auteur-flux:1.0-standard auteur-flux:1.0-cinematic)

fail() {
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

engine_that_answers() {
  local engine
  for engine in ${ENGINE:-docker podman}; do
    if command -v "$engine" >/dev/null 2>&1 && "$engine" info >/dev/null 2>&1; then
      echo "$engine"
      return
    fi
  done
}

base_of_dockerfile() { sed -n 's/^ARG BASE_IMAGE=//p' "$here/Dockerfile"; }

engine=$(engine_that_answers)
[ -n "$engine" ] || fail 'no container engine answers' 'Start Docker or Podman, then run "make pipelines" again.'

base=${BASE_IMAGE:-$(base_of_dockerfile)}
if ! "$engine" image inspect "$base" >/dev/null 2>&1; then
  printf 'pipelines: fetching %s\n' "$base"
  "$engine" pull "$base" ||
    fail "the base image $base is not here and could not be fetched" \
      'Name one with Python 3.11 or later and PyTorch for your card: make pipelines BASE_IMAGE=…'
fi

names=()
for tag in "${tags[@]}"; do names+=(--tag "$tag"); done
"$engine" build --build-arg "BASE_IMAGE=$base" "${names[@]}" "$here" ||
  fail 'the image was not built; what is above says why' \
    "Its base, $base, needs Python 3.11 or later with pip and PyTorch, and the build needs a connection to PyPI."
printf 'pipelines: built %s\n' "${tags[*]}"
