"""Checking a stamp's proof in numbered steps, without network and without trusting who gave it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

from traceability.log.checkpoints import parse_checkpoint
from traceability.log.cosignatures import cosigned_at
from traceability.log.entries import read_batch, read_entry
from traceability.log.errors import LogRefusal, NoteRefused, ProofRefused, QuorumMissing
from traceability.log.makers import MakerKeys
from traceability.log.merkle import leaf_hash, verify_inclusion
from traceability.log.notes import VerifyingKey, open_note, split_note
from traceability.log.policy import NO_QUORUM, Policy
from traceability.log.proofs import LoggedEntry, StampProof, stamp_leaf


class Outcome(Enum):
    """What a proof comes to."""

    PROVED = "proved"
    PENDING = "pending"  # The log holds it, too few witnesses have said so yet.
    MISMATCH = "mismatch"


class Step(Enum):
    """What is checked, in this order; the first that fails ends it."""

    STAMP = "stamp"  # The stamp is one of the batch's.
    ENTRY = "entry"  # The batch's entry stands in the log.
    LOG = "log"  # The log signed that.
    MAKER = "maker"  # The maker signed the batch, by a key the log had told before.
    LATER = "later"  # What is given as written later stands there too.
    WITNESSES = "witnesses"  # Enough witnesses cosigned.


@dataclass(frozen=True)
class Check:
    """How far a proof held: the steps that passed, and where it ended otherwise, why."""

    outcome: Outcome
    passed: tuple[Step, ...]
    why: str = ""


def check_stamp(proof: StampProof, policy: Policy) -> Check:
    """Check a stamp's proof; the first step that fails ends it."""
    passed: list[Step] = []
    for step, check in _Checker(proof, policy).steps().items():
        try:
            check()
        except QuorumMissing as missing:
            return Check(Outcome.PENDING, tuple(passed), str(missing))
        except LogRefusal as wrong:
            return Check(Outcome.MISMATCH, tuple(passed), str(wrong))
        passed.append(step)
    return Check(Outcome.PROVED, tuple(passed))


def later_acts(proof: StampProof) -> list[dict[str, Any]]:
    """The fields of the later entries that speak of this very stamp, oldest first.

    An entry about the whole batch names no `first` and `last`; ordinals count from 1.

    Raises:
        EntryRefused: one is no entry.
    """
    batch, ordinal = read_batch(proof.entry.entry).batch, proof.index + 1
    found = [read_entry(one.entry) for one in sorted(proof.later, key=lambda each: each.index)]
    return [fields for fields in found if fields.get("batch") == batch and _covers(fields, ordinal)]


def witnesses_of(proof: StampProof, policy: Policy) -> list[str]:
    """The names, as the policy has them, of the witnesses who cosigned the proof's checkpoint.

    Raises:
        NoteRefused: no known key signed it, or one of them something else.
    """
    signers = _Checker(proof, policy).signers
    return [name for name, key in policy.witnesses.items() if key in signers]


def seen_at(proof: StampProof, policy: Policy) -> datetime | None:
    """Until when the proof speaks: when enough witnesses had cosigned it, then or later.

    One clock that is ahead makes it no newer. None: too few signed, or at moments of no calendar.
    What was written into the log after it may be about the stamp too.

    Raises:
        NoteRefused: no known key signed the checkpoint, or one of them something else.
    """
    note = open_note(proof.checkpoint, [*policy.logs, *policy.witnesses.values()])
    moments: dict[VerifyingKey, datetime] = {}
    for key in policy.witnesses.values():
        with suppress(NoteRefused):
            if key in note.signatures:
                moments[key] = cosigned_at(note, key)
    for until in sorted(moments.values(), reverse=True):
        if policy.is_met([key for key, at in moments.items() if at >= until]):
            return until
    return None


class _Checker:
    """The steps of one check. Each raises a LogRefusal where it fails."""

    def __init__(self, proof: StampProof, policy: Policy) -> None:
        self._proof = proof
        self._policy = policy

    def steps(self) -> Mapping[Step, Callable[[], None]]:
        return {
            Step.STAMP: self._stamp_is_of_the_batch,
            Step.ENTRY: self._batch_is_in_the_log,
            Step.LOG: self._log_signed,
            Step.MAKER: self._maker_signed,
            Step.LATER: self._later_entries_are_in_the_log,
            Step.WITNESSES: self._witnesses_agree,  # Last: its lack alone contradicts nothing.
        }

    @cached_property
    def signers(self) -> dict[VerifyingKey, bytes]:
        known = [*self._policy.logs, *self._policy.witnesses.values()]
        return open_note(self._proof.checkpoint, known).signatures

    def _stamp_is_of_the_batch(self) -> None:
        """Step 1: the stamp's leaf leads to the root that the batch's entry commits to."""
        batch = read_batch(self._proof.entry.entry)
        verify_inclusion(
            leaf=leaf_hash(stamp_leaf(self._proof.uri, self._proof.blinding)),
            index=self._proof.index,
            size=batch.count,
            path=self._proof.path,
            root=batch.root,
        )

    def _batch_is_in_the_log(self) -> None:
        """Step 2: the batch's entry leads to the root of the checkpoint."""
        self._require_logged(self._proof.entry)

    def _log_signed(self) -> None:
        """Step 3: a log we believe signed the checkpoint, in its own name."""
        origin = parse_checkpoint(split_note(self._proof.checkpoint)[0]).origin
        signers = self.signers
        if not any(key.name == origin and key in signers for key in self._policy.logs):
            raise NoteRefused(f"no log we believe signed as {origin}")

    def _maker_signed(self) -> None:
        """Step 4: the entries about its key stand before the batch and let it sign."""
        keys = MakerKeys()
        for one in self._proof.keys:
            if read_entry(one.entry)["kind"] != "key" or one.index >= self._proof.entry.index:
                raise ProofRefused("no entry about a key, or one that came after the batch")
            self._require_logged(one)
        for one in sorted(self._proof.keys, key=lambda each: each.index):
            keys.take(one.entry)
        keys.take(self._proof.entry.entry)

    def _later_entries_are_in_the_log(self) -> None:
        """Step 5: what is given as written later stands in the log, after the batch."""
        for one in self._proof.later:
            read_entry(one.entry)
            if one.index <= self._proof.entry.index:
                raise ProofRefused("a later entry stands before its batch")
            self._require_logged(one)

    def _witnesses_agree(self) -> None:
        """Step 6: enough witnesses saw the log only grow up to here."""
        signers, witnesses = self.signers, self._policy.witnesses
        if self._policy.quorum == NO_QUORUM:  # Met by nobody: to say "locked" were a lie.
            raise QuorumMissing("the policy names no witnesses: the log alone signed")
        if not self._policy.is_met(signers.keys()):
            count = sum(key in signers for key in witnesses.values())
            raise QuorumMissing(f"{count} of {len(witnesses)} witnesses cosigned")

    def _require_logged(self, one: LoggedEntry) -> None:
        checkpoint = parse_checkpoint(split_note(self._proof.checkpoint)[0])
        verify_inclusion(
            leaf=leaf_hash(one.entry),
            index=one.index,
            size=checkpoint.size,
            path=one.path,
            root=checkpoint.root,
        )


def _covers(fields: Mapping[str, Any], ordinal: int) -> bool:
    first, last = fields.get("first", ordinal), fields.get("last", ordinal)
    return isinstance(first, int) and isinstance(last, int) and first <= ordinal <= last
