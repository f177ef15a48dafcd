"""Audit a whole log from outside, with Python and `cryptography` alone.

    python -m traceability.audit URL|FOLDER [--policy FILE] [--batches] [--tree-only]

Every entry, every tile and the root are checked, the signatures by the keys of the policy
(c2sp.org/tlog-policy), and of each batch its maker's, by the keys that the log told of before it
(not with --tree-only: a signature takes as long as some hundred hashes). Where `keys` lies beside
the log, the list of keys that sign stamps, each key of it is confirmed by its entry. Without a
policy the log's own is taken, which shows only that it fits together. The last line is a JSON
summary, which names what is refused (`error`). Exit code: 0 all fits; 1 something contradicts;
2 not decided (a file cannot be had, or too few witnesses signed).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from traceability.log.auditing import Contents, audit_tree
from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.errors import LogRefusal, NoteRefused, PolicyRefused, SourceFailed
from traceability.log.key_list import confirm_keys
from traceability.log.makers import MakerKeys
from traceability.log.notes import open_note, split_note
from traceability.log.policy import Policy, parse_policy
from traceability.log.sources import MOST_NOTE_BYTES, Source, source_of

FITS, CONTRADICTS, UNDECIDED = 0, 1, 2
LISTED = 50  # Batches shown without --batches.
ALL = sys.maxsize


def main(arguments: Sequence[str]) -> int:
    """Audit the log, say in both languages what was found, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m traceability.audit")
    parser.add_argument("place", help="the log's address, or the folder of an export")
    parser.add_argument("--policy", type=Path, help="whom to believe (c2sp.org/tlog-policy)")
    parser.add_argument("--batches", action="store_true", help="list every batch")
    parser.add_argument("--tree-only", action="store_true", help="no signatures of makers")
    chosen = parser.parse_args(arguments)
    makers = None if chosen.tree_only else MakerKeys()
    try:
        return _audit(chosen.place, chosen.policy, ALL if chosen.batches else LISTED, makers)
    except (SourceFailed, PolicyRefused, OSError) as missing:
        return _end(UNDECIDED, ("Chưa kiểm được", "Not decided"), str(missing), {})
    except LogRefusal as wrong:
        name: dict[str, object] = {"error": type(wrong).__name__}
        return _end(CONTRADICTS, ("Không khớp", "It does not fit"), str(wrong), name)


def _audit(
    place: str, policy_file: Path | None, most_batches: int, makers: MakerKeys | None
) -> int:
    source = source_of(place)
    note = _text(source, "checkpoint")
    if note is None:
        raise SourceFailed("checkpoint is missing")
    checkpoint = parse_checkpoint(split_note(note)[0])
    keys, policy = _policy(source, policy_file)
    witnesses = _signers(note, checkpoint, policy) if policy else []
    contents = audit_tree(source, checkpoint, most_batches=most_batches, makers=makers)
    stamping = None if makers is None else confirm_keys(source, checkpoint.size, makers)
    _tell(checkpoint, contents, witnesses)
    summary = {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "kinds": dict(sorted(contents.kinds.items())),
        "stamps": contents.stamps,
        "makers": "unchecked" if makers is None else "signed",
        "stamping_keys": "unchecked" if stamping is None else stamping,
        "keys": keys,
        "witnesses": witnesses,
    }
    if policy and not policy.is_met([policy.witnesses[name] for name in witnesses]):
        why = f"{len(witnesses)} / {len(policy.witnesses)}"
        return _end(UNDECIDED, ("Chưa đủ nhân chứng", "Too few witnesses"), why, summary)
    words = ("Sổ khớp từ đầu đến cuối", "The log fits together from its first entry to its last")
    return _end(FITS, words, "", summary)


def _policy(source: Source, path: Path | None) -> tuple[str, Policy | None]:
    """Whose keys are used (given, the log's own, or none), and the policy."""
    if path is not None:
        return "given", parse_policy(path.read_bytes().decode(errors="replace"))
    text = _text(source, "policy")
    return ("none", None) if text is None else ("own", parse_policy(text))


def _text(source: Source, name: str) -> str | None:
    with source.opened() as log:
        raw = log.read(name, MOST_NOTE_BYTES)
    return None if raw is None else raw.decode(errors="replace")


def _signers(note: str, checkpoint: Checkpoint, policy: Policy) -> list[str]:
    """The witnesses who cosigned; the log itself must have signed.

    Raises:
        NoteRefused: no log of the policy signed in its own name.
    """
    signers = open_note(note, [*policy.logs, *policy.witnesses.values()]).signatures
    if not any(key.name == checkpoint.origin and key in signers for key in policy.logs):
        raise NoteRefused(f"no log of the policy signed as {checkpoint.origin}")
    return [name for name, key in policy.witnesses.items() if key in signers]


def _tell(checkpoint: Checkpoint, contents: Contents, witnesses: Sequence[str]) -> None:
    for one in contents.batches:
        _say(f"{one.at}  {one.batch}  {one.count:>7}  {one.lot}  {one.product}")
    unlisted = contents.kinds["batch"] - len(contents.batches)
    if unlisted:
        _say(f"… {unlisted} đợt tem nữa / more batches (--batches)")
    _say(f"Sổ / Log: {checkpoint.origin}, {checkpoint.size} mục / entries")
    for kind, count in sorted(contents.kinds.items()):
        _say(f"  {kind}: {count}")
    _say(f"Tem đã phát / Stamps issued: {contents.stamps}")
    _say(f"Nhân chứng đã ký / Witnesses who signed: {', '.join(witnesses) or '–'}")


def _end(code: int, words: tuple[str, str], why: str, summary: dict[str, object]) -> int:
    for word in words:
        _say(f"{word}: {why}" if why else f"{word}.")
    said = {"ok": code == FITS, "code": code, **({"why": why} if why else {}), **summary}
    _say(json.dumps(said, ensure_ascii=False))
    return code


def _say(line: str) -> None:
    """Print a line; what a terminal would obey instead of show stands as question marks."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in line)
    sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
