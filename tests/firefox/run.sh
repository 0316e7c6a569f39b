#!/bin/sh
# A smoke walk through the built site in Firefox; `make test-firefox` runs it.
# Firefox is the one that $FIREFOX names, else the first on the path, else Debian's package.
set -eu
cd "$(dirname "$0")"

found() {
  for name in "${FIREFOX:-}" firefox-esr firefox; do
    if [ -n "$name" ] && command -v "$name" 2>/dev/null; then return 0; fi
  done
  return 1
}

install_debian() {
  command -v apt-get >/dev/null 2>&1 || return 1
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || return 1
    as_root="sudo -n"
  fi
  echo "Installing Debian's Firefox ..." >&2
  # shellcheck disable=SC2086
  $as_root apt-get update -qq >&2 && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends firefox-esr >&2
}

FIREFOX="$(found || { install_debian && found; })" || {
  echo "No Firefox was found or could be installed. Install one and set FIREFOX to its path." >&2
  exit 1
}
export FIREFOX
PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
../../.venv/bin/python serve.py ../../site node walk.mjs
