#!/bin/sh
# What needs Node or Java, and the full sweep for barriers; `make audit` runs it. Set CHROMIUM first.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --loglevel=error

echo "--- types of the JavaScript (tsc)"
npx tsc -p .

cd ../..
.venv/bin/handbook build

echo "--- HTML (the Nu checker)"
if command -v java >/dev/null 2>&1; then
  java -jar tests/audit/node_modules/vnu-jar/build/dist/vnu.jar --skip-non-html --errors-only site
else
  echo "Java is missing, so the HTML was not checked. Install a Java runtime and try again." >&2
  exit 1
fi

echo "--- barriers on every page (axe)"
.venv/bin/python tests/audit/sweep.py

echo "--- Lighthouse"
.venv/bin/python tests/audit/lighthouse.py
