#!/usr/bin/env bash
# Runs the real generation code on the CPU, with a tiny model of random weights. Installs PyTorch and diffusers into
# a virtual environment that is kept, outside the clone.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv="${XDG_CACHE_HOME:-$HOME/.cache}/auteur-movie-director/flux-venv"
wanted=$(cat "$here/requirements.txt" "$here/requirements-test.txt" | sha256sum | cut -c1-16)

if [ "$(cat "$venv/.installed" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv" || {
    printf 'error: no virtual environment could be made\nhint: on Debian, apt-get install python3-venv\n' >&2
    exit 1
  }
  "$venv/bin/pip" install --quiet --disable-pip-version-check \
    -r "$here/requirements.txt" -r "$here/requirements-test.txt"
  echo "$wanted" >"$venv/.installed"
fi

cd "$here"
"$venv/bin/python" -m mypy --strict --follow-imports=skip auteur_flux tests tests_generation
"$venv/bin/python" -m unittest discover -s tests -t .
"$venv/bin/python" -m unittest discover -v -s tests_generation -t . "$@"
