import gc
import os
import subprocess
import sys
from pathlib import Path

from core.garbage import keep_what_stands


def test_what_stands_is_collected_no_more() -> None:
    try:
        keep_what_stands()
        standing = gc.get_freeze_count()
        made_since = len(gc.get_objects())
    finally:
        gc.unfreeze()

    assert standing > 10 * made_since


def test_a_web_process_keeps_what_it_loaded(tmp_path: Path) -> None:
    code = "import gc, wsgi; print(gc.get_freeze_count())"
    given = os.environ | {"GOC_INSTANCE": str(tmp_path)}

    told = subprocess.check_output([sys.executable, "-c", code], env=given, text=True)

    assert int(told.split()[-1]) > 100_000
