#!/bin/sh
# A smoke walk through the built site in Firefox; `make test-firefox` runs it.
# Firefox is the one that $FIREFOX names, else the first on the path, else Debian's package.
set -eu
cd "$(dirname "$0")"

. ../browsers.sh

found() {
  first_of "${FIREFOX:-}" firefox-esr firefox
}

FIREFOX="$(found || { install_debian firefox-esr && found; })" || {
  echo "No Firefox was found or could be installed. Install one and set FIREFOX to its path." >&2
  exit 1
}
export FIREFOX
PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
../../.venv/bin/python serve.py ../../site node walk.mjs "$(cd ../.. && pwd)/offline"
