"""Watch a log for what its producer never asked for, with Python and `cryptography` alone.

    python -m traceability.monitor URL|FOLDER [--gtin GTIN …] [--known FILE] [--units FILE]
                                              [--policy FILE] [--state FILE]

Each finding is a line of JSON with its name: BatchNotAskedFor (a batch under a watched GTIN that
is not in --known, a file of batches' ids, one a line, or that was told before), CountOverYield (a
lot has more stamps that are not void than units: those of --units, lines of `lot,units`, else
those the log tells) and StarsWithoutDecision (stars that no certificate with number and issuer
stands behind). With --state the next run reads on from where this one ended, and notices a log
that is not what it was (LogForked, LogShrank). The last line is a JSON summary. Exit code: 0
nothing found; 1 something found, or the log contradicts itself; 2 not decided (a file cannot be
had).
"""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.entries import read_entry
from traceability.log.errors import LogRefusal, NoteRefused, PolicyRefused, SourceFailed
from traceability.log.growing import Frontier, read_on
from traceability.log.monitoring import Finding, Monitor, Seen, Watch
from traceability.log.notes import open_note, split_note
from traceability.log.policy import parse_policy
from traceability.log.sources import MOST_NOTE_BYTES, Source, source_of

NOTHING, FOUND, UNDECIDED = 0, 1, 2
GTIN_LETTERS = 14


@dataclass
class Kept:
    """What a run keeps for the next: whose log, how far it went, and what it added up to."""

    origin: str = ""
    frontier: Frontier = field(default_factory=Frontier)
    seen: Seen = field(default_factory=Seen)


def main(arguments: Sequence[str]) -> int:
    """Read what is new, print what is to be looked at, and give the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        kept = _read_state(chosen.state)
        watch = _watch(chosen.gtin, chosen.known, chosen.units)
        source = source_of(chosen.place)
        checkpoint = _checkpoint(source, chosen.policy)
        begun = kept.frontier.size
        findings = _findings(source, checkpoint, kept, watch)
        for one in findings:
            _say({"finding": one.alarm.value, "index": one.index, **one.about})
        if chosen.state is not None:
            _write_state(chosen.state, kept)
    except (SourceFailed, PolicyRefused, OSError, ValueError) as missing:
        return _end(UNDECIDED, error=type(missing).__name__, why=str(missing))
    except LogRefusal as wrong:
        return _end(FOUND, error=type(wrong).__name__, why=str(wrong))
    counts = {"size": checkpoint.size, "from": begun, "found": len(findings)}
    return _end(FOUND if findings else NOTHING, **counts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m traceability.monitor")
    parser.add_argument("place", help="the log's address, or the folder of an export")
    parser.add_argument("--gtin", action="append", default=[], help="watched; none: every batch")
    parser.add_argument("--known", type=Path, help="batches asked for, one id a line")
    parser.add_argument("--units", type=Path, help="lines of lot,units")
    parser.add_argument("--policy", type=Path, help="whom to believe; else the log's own")
    parser.add_argument("--state", type=Path, help="where to go on, and what was seen")
    return parser


def _watch(gtins: Sequence[str], known: Path | None, units: Path | None) -> Watch:
    """Raises: OSError, ValueError: a file cannot be read, or is not what it should be."""
    batches = None if known is None else frozenset(known.read_text(encoding="utf-8").split())
    rows = [] if units is None else list(csv.reader(units.read_text("utf-8").splitlines()))
    own = {row[0].strip(): int(row[1]) for row in rows if len(row) > 1}
    return Watch(frozenset(one.zfill(GTIN_LETTERS) for one in gtins), batches, own)


def _checkpoint(source: Source, policy_file: Path | None) -> Checkpoint:
    """What the log says it holds, signed by a log of the policy in its own name.

    Raises:
        SourceFailed: there is no checkpoint, or no policy to check it by.
        NoteRefused: no log of the policy signed it.
    """
    note = _text(source, "checkpoint")
    own = policy_file.read_text(encoding="utf-8") if policy_file else _text(source, "policy")
    policy = parse_policy(own)
    signers = open_note(note, [*policy.logs, *policy.witnesses.values()]).signatures
    checkpoint = parse_checkpoint(split_note(note)[0])
    if not any(key.name == checkpoint.origin and key in signers for key in policy.logs):
        raise NoteRefused(f"no log of the policy signed as {checkpoint.origin}")
    return checkpoint


def _text(source: Source, name: str) -> str:
    with source.opened() as log:
        raw = log.read(name, MOST_NOTE_BYTES)
    if raw is None:
        raise SourceFailed(f"{name} is missing")
    return raw.decode(errors="replace")


def _findings(source: Source, checkpoint: Checkpoint, kept: Kept, watch: Watch) -> list[Finding]:
    if kept.origin not in ("", checkpoint.origin):
        raise ValueError(f"the state is of {kept.origin}")
    kept.origin = checkpoint.origin
    monitor = Monitor(watch, kept.seen)
    found = []
    for index, raw in read_on(source, checkpoint, kept.frontier):
        found += monitor.take(index, read_entry(raw))
    return found


def _read_state(path: Path | None) -> Kept:
    """Raises: ValueError: the file holds something else."""
    if path is None or not path.exists():
        return Kept()
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        roots = [bytes.fromhex(one) for one in said["roots"]]
        return Kept(said["origin"], Frontier(said["size"], roots), Seen(**said["seen"]))
    except (KeyError, TypeError) as wrong:
        raise ValueError(f"{path} is no state of this program") from wrong


def _write_state(path: Path, kept: Kept) -> None:
    """Whole or not at all: a run that dies is repeated, and tells again what it found."""
    said = {
        "origin": kept.origin,
        "size": kept.frontier.size,
        "roots": [one.hex() for one in kept.frontier.roots],
        "seen": asdict(kept.seen),
    }
    aside = path.with_name(f"{path.name}.new")
    aside.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


def _end(code: int, **summary: object) -> int:
    _say({"ok": code == NOTHING, "code": code, **summary})
    return code


def _say(line: dict[str, object]) -> None:
    """Print a line; what a terminal would obey instead of show stands as question marks."""
    said = json.dumps(line, ensure_ascii=False)
    shown = "".join(letter if letter.isprintable() else "?" for letter in said)
    sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
