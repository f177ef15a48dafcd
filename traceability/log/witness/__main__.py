"""The program of a witness (docs/witness.md).

    python -m traceability.log.witness --key KEY --database FILE --init NAME [--owner WHO]
    python -m traceability.log.witness --key KEY --database FILE --logs FILE --bind HOST:PORT

It needs Python and `cryptography`, nothing else.
"""

import argparse
import contextlib
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from core import clock
from traceability.log.errors import KeyRefused
from traceability.log.key_file import read_key, write_key
from traceability.log.notes import SigningKey
from traceability.log.witness.known_logs import KnownLogs
from traceability.log.witness.server import WitnessServer, say
from traceability.log.witness.store import Store, StoreRefused, create_store
from traceability.log.witness.witness import Witness

BIND = "127.0.0.1:8460"


class CannotStart(Exception):
    """Why the witness does not begin: one sentence for whoever typed the command."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a new witness, or serve one until it is told to stop."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.init:
            print_key(create_witness(asked.key, asked.database, name=asked.init, owner=asked.owner))
        else:
            serve(open_witness(asked.key, asked.database, asked.logs), asked.bind)
    except (CannotStart, KeyRefused, StoreRefused, OSError) as refused:
        sys.exit(str(refused))


def create_witness(key_file: Path, database: Path, *, name: str, owner: str) -> SigningKey:
    """Draw the key of a new witness, and make its empty memory.

    Raises:
        CannotStart: the key is there already.
        StoreRefused: the memory is.
        KeyRefused: a key cannot bear this name.
    """
    key = SigningKey.generate(name)
    create_store(database, verifying_key=key.witness_key.text, owner=owner or name)
    try:
        write_key(key_file, key)
    except FileExistsError as there:
        database.unlink()
        raise CannotStart(f"{key_file} is there already") from there
    return key


def open_witness(key_file: Path, database: Path, logs: Path | None) -> Witness:
    """The witness that these files make.

    Raises:
        CannotStart: a file is not named.
        KeyRefused, StoreRefused, OSError: one of them is not what it should be.
    """
    if logs is None:
        raise CannotStart("--logs is missing: which logs does this witness watch?")
    key = read_key(key_file)
    store = Store(database, verifying_key=key.witness_key.text)
    return Witness(key, KnownLogs(logs), store)


def serve(witness: Witness, bind: str) -> None:
    """Answer until SIGTERM or Ctrl-C."""
    server = WitnessServer(_address(bind), witness, clock.now)
    signal.signal(signal.SIGTERM, _end)
    host, port = server.server_address[:2]
    say(f"{witness.store.owner} listens on {host!s}:{port} as {witness.key.witness_key.text}")
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()
    witness.store.close()


def print_key(key: SigningKey) -> None:
    """What the log's operator needs of a new witness."""
    sys.stdout.write(f"{key.witness_key.text}\n")


def _end(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal():
        raise CannotStart("--bind is an address and port such as 127.0.0.1:8460")
    return host.strip("[]"), int(port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m traceability.log.witness", description="A witness of public logs."
    )
    parser.add_argument("--key", type=Path, required=True, help="file of the private key")
    parser.add_argument("--database", type=Path, required=True, help="file of what was seen")
    parser.add_argument("--logs", type=Path, help="policy file with `log KEY` lines")
    parser.add_argument("--bind", default=BIND, help=f"default {BIND}")
    parser.add_argument("--init", metavar="NAME", help="make key and memory of a new witness")
    parser.add_argument("--owner", default="", help="whose witness it is, for people")
    return parser


if __name__ == "__main__":
    main()
