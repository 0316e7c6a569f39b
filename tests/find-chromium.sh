#!/bin/sh
# Prints the path of a Chromium for the browser tests: one that is there, else Debian's package,
# else Playwright's own. What it does on the way goes to standard error.
set -eu

found() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
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
  echo "Installing Debian's Chromium for the browser tests ..." >&2
  # shellcheck disable=SC2086
  $as_root apt-get update -qq >&2 && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends chromium >&2
}

install_playwright() {
  echo "Installing Playwright's Chromium for the browser tests ..." >&2
  PLAYWRIGHT_BROWSERS_PATH="$PWD/.browsers" .venv/bin/playwright install chromium >&2
}

own() {
  for path in .browsers/chromium-*/chrome-*/chrome .browsers/chromium-*/chrome-*/*.app/Contents/MacOS/*; do
    if [ -x "$path" ]; then echo "$PWD/$path" && return 0; fi
  done
  return 1
}

found || own || { install_debian && found; } || { install_playwright && own; } || {
  echo "No Chromium was found or could be installed. Install one and set CHROMIUM to its path." >&2
  exit 1
}
