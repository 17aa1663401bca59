"""What a web process does before its first visitor."""

from __future__ import annotations

import os
import subprocess
import sys

from config.env import BASE_DIR


def test_it_looks_for_no_garbage_among_what_it_has_loaded() -> None:
    script = "import gc, config.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()))"
    surroundings = {**os.environ, "DEBUG": "1", "DEMO": "0"}
    asked = subprocess.run(
        [sys.executable, "-c", script], cwd=BASE_DIR, env=surroundings, capture_output=True, text=True, check=True
    )

    frozen, watched = map(int, asked.stdout.split()[-2:])
    assert frozen > 100 * watched
