"""`flask demo load`: the demo's data, in a demo alone."""

import json
import sys
from dataclasses import asdict

from flask import current_app
from flask.cli import AppGroup

from app.demo.load import load_demo
from core.work import COMMAND, transaction

demo = AppGroup("demo", help="The demo's data.")


@demo.command("load")
def load() -> None:
    """Load or refresh the demo; the last line says in JSON what it did."""
    if not current_app.config["SETTINGS"].is_demo:
        sys.exit("There is no demo in production.")
    with transaction(by=COMMAND) as work:
        counts = load_demo(work)
    print(
        json.dumps(
            {
                "real": asdict(counts.real),
                "samples": asdict(counts.samples),
                "lots": counts.lots,
                "refused": len(counts.refusals),
            }
        )
    )
