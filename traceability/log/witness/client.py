"""How a log asks witnesses to cosign its checkpoint: all at once, each for three seconds at most.

A witness that is down, slow or lying is left out and named. Whether those who signed suffice is
for the log's policy to say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from queue import Empty, Queue
from threading import Thread
from time import monotonic

from traceability.log.checkpoints import parse_checkpoint
from traceability.log.encoding import decimal_number
from traceability.log.errors import LogRefusal, NoteRefused
from traceability.log.notes import VerifyingKey, open_note, signature_line, split_note
from traceability.log.witness.call import TOO_LATE, Call, CallFailed, Reply
from traceability.log.witness.places import WitnessPlace
from traceability.log.witness.requests import PATH, SIZE_TYPE, AddCheckpoint

DEADLINE_SECONDS = 3.0  # For all that one witness does; a stamp is published within five.
GRACE_SECONDS = 0.25  # How long a quorum waits for the others: they are as fast, or they are slow.
MOST_LINES = 16  # Of an answer; more no witness has keys.
MOST_WHY = 200  # Letters of a refusal, for the operator.
MOST_TRIES = 3  # The size we thought of, the one it told, and once more if another was faster.

ProofMaker = Callable[[int], Sequence[bytes]]


@dataclass(frozen=True)
class LeftOut:
    """A witness that did not cosign, and why."""

    witness: WitnessPlace
    why: str
    saw_another: bool = False  # It says it cosigned what this checkpoint does not continue.


@dataclass(frozen=True)
class Gathered:
    """What witnesses answered: the lines of those who cosigned, and who did not."""

    lines: tuple[str, ...]
    signed_by: tuple[WitnessPlace, ...]
    left_out: tuple[LeftOut, ...]


class NoCosignature(LogRefusal):
    """A witness answered, but not with its cosignature."""


class AnotherHistory(NoCosignature):
    """A witness says it cosigned what this checkpoint does not continue: it lies, or we forgot."""


def gather_cosignatures(
    checkpoint_note: str,
    *,
    make_proof: ProofMaker,
    witnesses: Sequence[WitnessPlace],
    quorum: int,
    old_size: int = 0,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> Gathered:
    """Ask all witnesses at once to cosign a log's signed checkpoint.

    `make_proof(size)` gives the consistency path from a size to the checkpoint's; it is called
    from several threads. `old_size` is the size witnesses probably saw last: where one saw
    another, it says so and is asked again from there. Once `quorum` of them cosigned, the others
    have a quarter of a second more. Below it everybody has until the deadline. The lines are
    written anew from checked signatures, in the order of `witnesses`.
    """
    askings = [_Asking(place, checkpoint_note, make_proof, old_size) for place in witnesses]
    answers: Queue[_Asking] = Queue()
    for asking in askings:
        Thread(target=asking.run, args=(answers, deadline_seconds), daemon=True).start()
    _wait(answers, waiting=len(askings), quorum=quorum, seconds=deadline_seconds)
    return _gathered(askings)


class _Asking:
    """One witness being asked, in a thread of its own."""

    def __init__(
        self, place: WitnessPlace, note: str, make_proof: ProofMaker, old_size: int
    ) -> None:
        self.place = place
        self.line: str | None = None
        self.why = TOO_LATE
        self.saw_another = False
        self.call = Call(place.url)
        self._note = note
        self._make_proof = make_proof
        self._old_size = old_size

    def run(self, answers: "Queue[_Asking]", seconds: float) -> None:
        """Ask, keep the line or the reason, and say that it is done."""
        try:
            self.call.begin(seconds)
            line = self._ask()
        except AnotherHistory as other:
            self.why, self.saw_another = str(other), True
        except (CallFailed, LogRefusal) as wrong:
            self.why = str(wrong)
        except Exception as failure:  # noqa: BLE001  # The proof maker's own; the log goes on.
            self.why = f"{type(failure).__name__}: {failure}"
        else:
            self.line = line
        finally:
            self.call.end()
            answers.put(self)

    def _ask(self) -> str:
        size = parse_checkpoint(split_note(self._note)[0]).size
        old_size = min(self._old_size, size)
        for _ in range(MOST_TRIES):
            path = tuple(self._make_proof(old_size)) if old_size else ()
            reply = self.call.post(PATH, AddCheckpoint(old_size, path, self._note).body())
            if reply.status != HTTPStatus.CONFLICT or reply.content_type != SIZE_TYPE:
                return cosignature_in(reply, self._note, self.place.key)
            told = _size_told(reply)
            if told > size:
                raise AnotherHistory(f"it saw {told} entries already: more than the log has")
            old_size = told
        raise NoCosignature("it names another size each time")


def cosignature_in(reply: Reply, note: str, key: VerifyingKey) -> str:
    """The witness's signature line in its answer, checked and written anew.

    Raises:
        AnotherHistory: it refused because the log did not only grow.
        NoCosignature: it refused, or its signature is none of this key over this checkpoint.
    """
    if reply.status in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
        raise AnotherHistory(f"it answered {reply.status}: {reply.content[:MOST_WHY].strip()}")
    if reply.status != HTTPStatus.OK:
        raise NoCosignature(f"it answered {reply.status}")
    text, _ = split_note(note)
    lines = reply.content.splitlines(keepends=True)
    if len(lines) > MOST_LINES:
        raise NoCosignature("its answer is no cosignature: too many lines")
    try:
        opened = open_note(f"{text}\n{''.join(lines)}", [key])
    except NoteRefused as wrong:
        raise NoCosignature(f"no cosignature of {key.name}: {wrong}") from wrong
    return signature_line(key, opened.signatures[key])


def _size_told(reply: Reply) -> int:
    return decimal_number(reply.content.removesuffix("\n"), NoCosignature)


def _wait(answers: "Queue[_Asking]", *, waiting: int, quorum: int, seconds: float) -> None:
    """Return when all answered, or the time is over: less of it once the quorum is reached."""
    ends_at = monotonic() + seconds
    signed = 0
    while waiting:
        try:
            done = answers.get(timeout=max(0.0, ends_at - monotonic()))
        except Empty:
            return
        waiting -= 1
        signed += done.line is not None
        if signed == quorum and done.line is not None:
            ends_at = min(ends_at, monotonic() + GRACE_SECONDS)


def _gathered(askings: Sequence[_Asking]) -> Gathered:
    signed = []
    left_out = []
    for asking in askings:
        line, why = asking.line, asking.why  # Read once: a late thread may still write them.
        asking.call.end()  # Whoever is late is hung up on, and its thread ends.
        if line is None:
            left_out.append(LeftOut(asking.place, why, asking.saw_another))
        else:
            signed.append((asking.place, line))
    return Gathered(
        tuple(line for _, line in signed), tuple(place for place, _ in signed), tuple(left_out)
    )
