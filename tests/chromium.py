"""How Chromium is started, in tests and for pictures."""

from pathlib import Path

# Debian packs the same engine without windows, which opens a page in half the time.
CHROMIUM, SHELL = "/usr/bin/chromium", "/usr/bin/chromium-headless-shell"
EXECUTABLE = SHELL if Path(SHELL).exists() else CHROMIUM
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
