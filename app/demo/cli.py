"""`flask demo load`: the demo's data, in a demo alone."""

import json
import sys

from flask import current_app
from flask.cli import AppGroup

from accounts.passwords import hash_of
from accounts.queries import DEMO_PASSWORD, DEMO_PIN
from core.work import COMMAND, transaction

demo = AppGroup("demo", help="The demo's data.")


@demo.command("load")
def load() -> None:
    """Load or refresh the demo; the last line says in JSON what it did."""
    if not current_app.config["SETTINGS"].is_demo:
        sys.exit("There is no demo in production.")
    from app.demo.load import load_demo  # noqa: PLC0415  # Every process knows the command;
    from app.demo.people import load_people  # noqa: PLC0415  # one in a lifetime runs it.

    password_hash, pin_hash = hash_of(DEMO_PASSWORD), hash_of(DEMO_PIN)
    with transaction(by=COMMAND) as work:
        counts = load_demo(work)
        people = load_people(work, password_hash=password_hash, pin_hash=pin_hash)
    print(
        json.dumps(
            {
                "real": counts.real.numbers,
                "samples": counts.samples.numbers,
                "lots": counts.lots,
                "stamps": counts.stamps,
                "people": people,
                "refused": len(counts.refusals),
            }
        )
    )
