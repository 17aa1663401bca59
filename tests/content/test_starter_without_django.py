"""The parser of the starter content needs no Django, so that texts can be checked anywhere."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "import sys, cms.starter; sys.exit('django' in sys.modules or 'wagtail' in sys.modules)"


def test_it_reads_without_loading_django() -> None:
    result = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, check=False)

    assert result.returncode == 0
