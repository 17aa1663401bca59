"""Runs every benchmark and prints one table."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main(chosen: list[str]) -> None:
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")]
    for name in names:
        if not chosen or name in chosen:
            print(f"\n## {name}\n")
            importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
