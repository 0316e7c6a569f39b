#!/bin/sh
# Prints the path of a Chromium for the browser tests: one that is there, else Debian's package,
# else Playwright's own. What it does on the way goes to standard error.
set -eu

. "$(dirname "$0")/browsers.sh"

found() {
  first_of "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome
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

found || own || { install_debian chromium && found; } || { install_playwright && own; } || {
  echo "No Chromium was found or could be installed. Install one and set CHROMIUM to its path." >&2
  exit 1
}
