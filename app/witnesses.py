"""The demo's three witnesses of its log: keys and memory drawn once, ports at each start.

An office's own witness is the same program on another machine (docs/witness.md).
"""

import socket
from pathlib import Path

from app.settings import Settings
from traceability.log.key_file import read_key
from traceability.log.notes import SigningKey
from traceability.log.witness.__main__ import create_witness
from traceability.log.witness.places import WitnessPlace
from traceability.log_place import LogPlace
from traceability.publishing import draw_key

COUNT = 3
HOST = "127.0.0.1"


def prepare_witnesses(settings: Settings) -> list[str]:
    """Make ready all that the demo's witnesses need; gives FOLDER=BIND of each.

    None where others are named, or outside the demo. The file of their places is written anew,
    for their ports are whatever is free now.
    """
    if settings.log_witnesses or not settings.is_demo:
        return []
    settings.witness_folder.mkdir(mode=0o700, exist_ok=True)
    log_key = _log_key(settings.log).verifying_key
    binds = [f"{HOST}:{port}" for port in _free_ports(COUNT)]
    homes = [settings.witness_folder / f"{number}" for number in range(1, COUNT + 1)]
    places = []
    for number, (home, bind) in enumerate(zip(homes, binds, strict=True), 1):
        key = _witness_of(home, number)
        (home / "logs").write_text(f"log {log_key.text}\n", encoding="utf-8")
        places.append(WitnessPlace(key.witness_key, f"http://{bind}", _owner(number)))
    lines = [f"{place.key.text} {place.url} {place.label}\n" for place in places]
    aside = settings.witness_places.with_suffix(".new")  # Half a file would stop the next start.
    aside.write_text("".join(lines), encoding="utf-8")
    aside.replace(settings.witness_places)
    return [f"{home}={bind}" for home, bind in zip(homes, binds, strict=True)]


def _log_key(place: LogPlace) -> SigningKey:
    """The key of the log; drawn here the first time, for witnesses must know it before it signs."""
    return read_key(place.key_file) if place.key_file.exists() else draw_key(place)


def _witness_of(home: Path, number: int) -> SigningKey:
    """The key of a witness; without one, a witness is made in the place of what is left of it."""
    key_file, memory = home / "key", home / "memory"
    if key_file.exists() and memory.exists():
        return read_key(key_file)
    home.mkdir(mode=0o700, exist_ok=True)
    for leftover in (key_file, memory):  # One without the other is worth nothing.
        leftover.unlink(missing_ok=True)
    name = f"witness-{number}.goc.example"
    return create_witness(key_file, memory, name=name, owner=_owner(number))


def _owner(number: int) -> str:
    return f"Nhân chứng mẫu {number}"


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on now, all different."""
    probes = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports: list[int] = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
