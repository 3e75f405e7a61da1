#!/usr/bin/env bash
# Prepares a clone: `setup.sh build` for building and the demo, `setup.sh test` for every check and test.
# Safe to run again and from several clones at once; what is already there is left alone.
set -euo pipefail

readonly NODE_MAJOR=24
readonly NODE_VERSION=24.21.0
readonly CODE_SERVER_VERSION=4.139.1
# VS Code 1.112, whose extension host is Node 22: the oldest that npm alone brings in.
readonly OLD_NODE_VERSION=22.23.3
readonly OLD_CODE_SERVER_VERSION=4.112.0

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/auteur-movie-director"
code_server="$cache/code-server-$CODE_SERVER_VERSION"
old_code_server="$cache/code-server-$OLD_CODE_SERVER_VERSION"
old_node="$cache/node-$OLD_NODE_VERSION"
level="${1:-build}"

say() { printf 'setup: %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  printf 'hint: %s\n' "$@" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

has_debian_package() {
  [ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = 'install ok installed' ]
}

has_krb5_headers() { has krb5-config || { has dpkg-query && has_debian_package libkrb5-dev; }; }

# ---- what the system has to have: "<apt package>|<what it is>" lines for everything that is missing

missing_for_build() {
  has git || echo 'git|Git'
  git lfs version >/dev/null 2>&1 || echo 'git-lfs|Git LFS'
  has npm || echo 'npm|npm 10 or later'
}

missing_for_test() {
  has_browser || echo 'chromium|Chromium or Google Chrome'
  has python3 || echo 'python3|Python 3'
  has ffmpeg || echo 'ffmpeg|FFmpeg'
  has redis-server || echo 'redis-server|the Redis server'
  if [ "$(uname -s)" = Linux ]; then
    has dockerd || echo 'docker.io|the Docker Engine'
    has_static_busybox || echo 'busybox-static|a busybox that needs no libraries'
  fi
  if runs_old_vscode; then has rg || echo 'ripgrep|ripgrep'; fi
  vscode_ready && return
  has_krb5_headers || echo 'libkrb5-dev|the Kerberos 5 headers'
  has make || echo 'make|GNU make'
  has g++ || echo 'g++|a C++ compiler'
}

has_static_busybox() {
  local path
  for path in /bin/busybox /usr/bin/busybox; do
    [ -x "$path" ] && ! ldd "$path" >/dev/null 2>&1 && return
  done
  return 1
}

has_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    has "$name" && return
  done
  [ -x "$(playwright_browser)" ]
}

playwright_browser() {
  node -e "console.log(require('playwright-core').chromium.executablePath())" 2>/dev/null || true
}

missing() {
  missing_for_build
  if [ "$level" = test ]; then missing_for_test; fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_install() {
  has apt-get && { [ "$(id -u)" = 0 ] || has sudo; }
}

ensure_system_tools() {
  local lines packages
  lines=$(missing)
  [ -n "$lines" ] || return 0
  can_install || explain_missing "$lines"
  mapfile -t packages < <(cut -d'|' -f1 <<<"$lines")
  say "installing ${packages[*]} (apt)"
  wait_for_apt update -qq || say 'the package lists could not all be refreshed; going on with those at hand'
  if is_ubuntu; then
    # Ubuntu's chromium package is a snap, which neither containers nor CI can run.
    mapfile -t packages < <(printf '%s\n' "${packages[@]}" | grep -vx chromium)
  fi
  if [ "${#packages[@]}" -gt 0 ]; then
    wait_for_apt install -y -qq --no-install-recommends "${packages[@]}" >/dev/null ||
      fail "apt-get could not install: ${packages[*]}" 'Install them by hand, then run this again.'
  fi
}

wait_for_apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"
}

is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

explain_missing() {
  local line
  printf 'error: this machine lacks tools that "setup.sh %s" needs:\n' "$level" >&2
  while IFS= read -r line; do
    printf '  - %s (Debian package: %s)\n' "${line#*|}" "${line%%|*}" >&2
  done <<<"$1"
  if has apt-get; then
    printf 'hint: run this as root, install sudo, or: apt-get install %s\n' "$(cut -d'|' -f1 <<<"$1" | xargs)" >&2
  else
    printf 'hint: install them with your package manager, then run this again.\n' >&2
  fi
  exit 1
}

# shellcheck source=scripts/setupNode.sh
. "$root/scripts/setupNode.sh"

# ---- the cache

# Installs into a temporary directory and renames it when complete, so that an interrupted run leaves no half.
# What follows the target is the installer and its further arguments; the first one it gets is that directory.
install_once() {
  local target="$1" installer="$2"
  shift 2
  [ -d "$target" ] && return
  mkdir -p "$cache"
  (
    lock 8
    [ -d "$target" ] && exit 0
    rm -rf "$target".part.*
    part=$(mktemp -d "$target.part.XXXXXX")
    trap 'rm -rf "$part"' EXIT
    "$installer" "$part" "$@"
    mv "$part/whole" "$target"
  ) 8>"$target.lock"
}

lock() {
  has flock || return 0
  flock -n "$1" && return
  say 'waiting for another set-up to finish'
  flock "$1"
}

quiet() {
  local log
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then
    rm -f "$log"
    return
  fi
  grep -v '^npm warn' "$log" | head -n 30 >&2
  printf '…\n' >&2
  tail -n 30 "$log" >&2
  rm -f "$log"
  fail "this command failed: $*" 'The lines above say why. Put it right and run this again.'
}

# ---- the packages of this clone

packages_are_current() {
  node -e '
    const read = (file) => JSON.parse(require("fs").readFileSync(file, "utf8")).packages;
    const wanted = Object.entries(read("package-lock.json"));
    const present = read("node_modules/.package-lock.json");
    const stale = ([path, entry]) => path !== "" && !entry.optional && present[path]?.version !== entry.version;
    process.exit(wanted.some(stale) ? 1 : 0);
  ' 2>/dev/null
}

ensure_packages() {
  packages_are_current && return
  say 'installing the npm packages of this clone'
  quiet npm ci --no-audit --no-fund
}

# ---- the real VS Code

vscode_ready() {
  [ -d "$code_server" ] || return 1
  ! runs_old_vscode || [ -d "$old_code_server" ]
}

ensure_vscode() {
  install_once "$code_server" install_vscode
  ln -sfn "$code_server" "$root/.tools/vscode"
  if ! runs_old_vscode; then
    say 'VS Code 1.112 comes from npm on Linux only; elsewhere: npm run test:electron -- --version 1.112.0'
    return
  fi
  install_once "$old_node" install_node "$OLD_NODE_VERSION"
  ln -sfn "$old_node" "$root/.tools/node-22"
  install_once "$old_code_server" install_old_vscode
  ln -sfn "$old_code_server" "$root/.tools/vscode-1.112"
}

# Its Node 22 comes from packages that there are for Linux only.
runs_old_vscode() { [ "$(uname -s)" = Linux ]; }

install_vscode() {
  local headers
  headers=$(node -p 'require("path").resolve(process.execPath, "../..")')
  say "building VS Code from code-server $CODE_SERVER_VERSION (npm, once per user, about two minutes)"
  mkdir "$1/whole"
  echo '{"private":true}' >"$1/whole/package.json"
  npm_config_nodedir="$headers" npm_package_config_node_gyp_nodedir="$headers" npm_config_ignore_scripts=false \
    quiet npm install --prefix "$1/whole" --no-audit --no-fund --no-package-lock "code-server@$CODE_SERVER_VERSION"
  [ -f "$1/whole/node_modules/code-server/lib/vscode/out/server-main.js" ] ||
    fail 'code-server was installed without its VS Code' 'Run this again; if it stays, report it.'
}

# Its own install script wants a download for ripgrep, so only the native parts that a server needs are built.
install_old_vscode() {
  local code_server="$1/whole/node_modules/code-server"
  say "building VS Code from code-server $OLD_CODE_SERVER_VERSION (npm, once per user, about a minute)"
  mkdir "$1/whole"
  echo '{"private":true}' >"$1/whole/package.json"
  with_old_node npm install --prefix "$1/whole" --ignore-scripts --no-audit --no-fund --no-package-lock \
    "code-server@$OLD_CODE_SERVER_VERSION"
  [ -f "$code_server/lib/vscode/out/server-main.js" ] ||
    fail 'code-server was installed without its VS Code' 'Run this again; if it stays, report it.'
  (
    cd "$code_server/lib/vscode"
    with_old_node npm install --omit=dev --ignore-scripts --no-audit --no-fund
    with_old_node npm rebuild --ignore-scripts=false \
      node-pty @vscode/spdlog @parcel/watcher @vscode/native-watchdog kerberos @vscode/fs-copyfile
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  )
}

with_old_node() {
  PATH="$old_node/bin:$PATH" npm_config_nodedir="$old_node" npm_package_config_node_gyp_nodedir="$old_node" quiet "$@"
}

ensure_browser() {
  has_browser && return
  say 'downloading Chromium (Playwright)'
  quiet as_root env "PATH=$PATH" npx playwright-core install-deps chromium
  quiet npx playwright-core install chromium
}

main() {
  case "$level" in
    build | test) ;;
    *) fail "unknown level: $level" 'Use "setup.sh build" or "setup.sh test".' ;;
  esac
  cd "$root"
  mkdir -p .tools
  exec 9>.tools/setup.lock
  lock 9
  has node || fail 'Node is not on the PATH' "Install Node 20 or later; set-up brings in Node $NODE_MAJOR by itself."
  PATH="$root/.tools/node/bin:$PATH"
  ensure_system_tools
  ensure_node
  ensure_packages
  if [ "$level" = test ]; then
    ensure_browser
    ensure_vscode
  fi
  say "ready ($level; Node $(node -p process.versions.node))"
}

main
