"""Serves a folder while a command runs, which gets the address as its last argument."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from kit import serve

if __name__ == "__main__":
    folder, *command = sys.argv[1:]
    running = serve(Path(folder))
    ended = subprocess.run([*command, next(running)], check=False)
    next(running, None)
    sys.exit(ended.returncode)
