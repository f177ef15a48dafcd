"""`make run`: prepare the database, then become the supervisor of web, worker and witnesses.

python -m app.run
"""

import os
import shutil
import socket
import sys
from typing import NoReturn

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from accounts.passwords import hash_of
from accounts.queries import demo_people, holds_demo
from accounts.queries.demo import DEMO_PASSWORD, DEMO_PIN
from app import create_app
from app.instance import make_private
from app.settings import ROOT, Settings, SettingsError
from app.witnesses import prepare_witnesses
from catalog.models import Product
from catalog.search import catch_up
from core.database import db
from core.logs import set_up_logs
from core.work import COMMAND, reading, transaction
from traceability.log.errors import KeyRefused
from traceability.log.witness.places import PlaceRefused
from traceability.log.witness.store import StoreRefused

EVERYWHERE = {"", "0.0.0.0", "127.0.0.1", "::", "::1"}  # noqa: S104  # Compared, not bound.


class CannotStartError(Exception):
    """Why the shop does not open: one sentence for whoever typed the command."""


def main() -> NoReturn:
    """Prepare and hand over, or say in one sentence why not."""
    set_up_logs()
    try:
        settings = Settings.from_environment(os.environ)
        refuse_taken_port(*settings.address)
        settings.refuse_open_log_key()  # Else granian would start one dying web after another.
        prepare(create_app(settings))
        become_supervisor(settings)
    except (SettingsError, CannotStartError) as refused:
        sys.exit(str(refused))
    except (KeyRefused, PlaceRefused, StoreRefused) as broken:
        sys.exit(f"A file of the public log or of its witnesses is broken: {broken}")
    except OSError as refused:  # The disk is full, or a folder is closed to us.
        sys.exit(f"The instance folder cannot be used: {refused}")


def refuse_taken_port(host: str, port: int) -> None:
    """Return if the web can listen there.

    Raises:
        CannotStartError: another program does, or the address is not this machine's.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as refused:
        raise CannotStartError(
            f"Cannot listen on {host}:{port} ({refused.strerror}): set GOC_BIND to another port,"
            " for example GOC_BIND=127.0.0.1:8001."
        ) from refused


def prepare(app: Flask) -> None:
    """Bring the tables up to date and, in a demo that has no goods, load the demo.

    Raises:
        CannotStartError: the database does not answer or refuses, or it is a demo's and this is
            production: anybody could sign in there with the demo's password.
    """
    make_private(app.config["SETTINGS"].instance)
    try:
        with app.app_context():
            upgrade()
            if app.config["SETTINGS"].is_demo:
                _load_demo_once()
                _say_sign_ins()
                _say_stamps(app.config["SETTINGS"])
            else:
                _refuse_demo()
            catch_up()  # So that the first page already finds what there is.
            db.engine.dispose()
    except SQLAlchemyError as refused:
        said = str(getattr(refused, "orig", refused)).splitlines()[0]
        raise CannotStartError(f"The database cannot be prepared: {said}") from refused


def _refuse_demo() -> None:
    with reading() as session:
        if holds_demo(session):
            raise CannotStartError(
                "The database holds the demo's people or sample enterprises: set GOC_DATABASE_URL"
                " to a database of production's own."
            )


def _load_demo_once() -> None:
    with reading() as session:
        if session.scalar(select(Product.id).limit(1)) is not None:
            return
    from app.demo.load import load_demo  # noqa: PLC0415  # Needed once in a shop's life.
    from app.demo.people import load_people  # noqa: PLC0415  # As above.

    _say("Loading the demo …")
    password_hash, pin_hash = hash_of(DEMO_PASSWORD), hash_of(DEMO_PIN)
    with transaction(by=COMMAND) as work:  # All or nothing: Ctrl-C here leaves an empty shop.
        load_demo(work)
        load_people(work, password_hash=password_hash, pin_hash=pin_hash)


def _say_sign_ins() -> None:
    with reading() as session:
        people = demo_people(session)
    for person in people:
        _say(f"  {person.sign_in:24}{person.role or person.office or 'buyer'}")
    if people:
        _say(f"Sign in as one of them with the password {DEMO_PASSWORD}.")


def _say_stamps(settings: Settings) -> None:
    from app.demo.stamps import shown_stamps  # noqa: PLC0415  # As above.

    with reading() as session:
        shown = shown_stamps(session, base_url=address_of(settings))
    if shown:
        _say(f"A stamp to open: {shown.active}")
        _say(f"One its maker has not yet reported as stuck on: {shown.waiting}")
        if shown.recalled:
            _say(f"One of a lot its maker called back: {shown.recalled}")


def address_of(settings: Settings) -> str:
    """The address to open on this machine."""
    host, port = settings.address
    return f"http://{'localhost' if host in EVERYWHERE else host}:{port}"


def become_supervisor(settings: Settings) -> NoReturn:
    """Put the supervisor in this process's place: what preparing needed (80 MB) is let go."""
    counts = settings.instance / "metrics"
    shutil.rmtree(counts, ignore_errors=True)  # Counts of processes that are no more.
    counts.mkdir(parents=True)
    host, port = settings.address
    command = [f"{ROOT}/app/supervisor.py", host, str(port), str(settings.workers)]
    witnesses = prepare_witnesses(settings)
    os.chdir(ROOT)  # Where `wsgi` is found.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    os.execv(sys.executable, [sys.executable, *command, address_of(settings), *witnesses])  # noqa: S606  # Our own file.


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
