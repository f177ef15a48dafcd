"""Check the downloaded proof of a stamp, offline, with Python and `cryptography` alone.

    python -m traceability.verify FILE [--policy FILE]

The policy says whom to believe: the log's key, those of its witnesses, and how many of them. Take
it from somebody you trust, not from where the proof came; a file named `policy` beside the proof
is used where none is named. Exit code: 0 proved; 1 something does not fit; 2 not decided (too few
witnesses yet, or a file that cannot be read).
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from traceability.log.checking import (
    Check,
    Outcome,
    Step,
    check_stamp,
    later_acts,
    seen_at,
    witnesses_of,
)
from traceability.log.entries import read_entry
from traceability.log.errors import LogRefusal, PolicyRefused
from traceability.log.policy import Policy, parse_policy
from traceability.log.proofs import StampProof, parse_stamp_proof

PROVED, MISMATCH, UNDECIDED = 0, 1, 2
CODES = {
    Outcome.PROVED: PROVED,
    Outcome.PENDING: UNDECIDED,
    Outcome.MISMATCH: MISMATCH,
}

Both = tuple[str, str]  # Vietnamese, English.
STEPS: dict[Step, Both] = {
    Step.STAMP: ("Tem thuộc đợt tem đã ghi", "The stamp is of the recorded batch"),
    Step.ENTRY: ("Đợt tem nằm trong sổ", "The batch stands in the log"),
    Step.LOG: ("Sổ đã ký", "The log signed it"),
    Step.MAKER: ("Người làm đã ký đợt tem", "The maker signed the batch"),
    Step.LATER: ("Điều kèm theo cũng nằm trong sổ", "What is attached stands in the log too"),
    Step.WITNESSES: ("Đủ nhân chứng đã khóa sổ", "Enough witnesses have locked the log"),
}
OUTCOMES: dict[Outcome, Both] = {
    Outcome.PROVED: (
        "Khớp: bản ghi về tem này nằm trong sổ công khai đã khóa. Nhãn chép lại cũng mang số này.",
        "It fits: the record of this stamp stands in the locked log. A copied label has it too.",
    ),
    Outcome.PENDING: (
        "Sổ đã ghi tem này, nhưng chưa đủ nhân chứng ký. Xin tải lại tệp sau ít phút.",
        "The log has this stamp; too few witnesses have signed yet. Download it again later.",
    ),
    Outcome.MISMATCH: (
        "Không khớp: tệp này không chứng minh được gì về tem.",
        "It does not fit: this file proves nothing of the stamp.",
    ),
}
ACTS: dict[str, Both] = {  # What entries of a stamp tell, after its batch.
    "void": ("tem bị hủy", "the stamp was cancelled"),
    "correct": ("lô của con tem được ghi lại", "the stamp's lot was recorded anew"),
    "recall": ("lô bị thu hồi", "its lot was recalled"),
    "recall-lift": ("lô thôi bị thu hồi", "the recall of its lot ended"),
    "verdict": ("có kết luận về tem", "somebody ruled about the stamp"),
    "cert": ("giấy chứng nhận được ghi", "a certificate was recorded"),
    "cert-revoke": ("giấy chứng nhận không còn", "a certificate holds no more"),
}
# A roll's stamps come to be of a lot by the same kind of entry as leftovers go to another.
MOVES: dict[tuple[bool, bool], Both] = {  # Whether it was of a lot, and whether it is now.
    (True, True): ("tem chuyển sang lô khác", "the stamp became another lot's"),
    (False, True): ("tem được gắn vào một lô", "the stamp was bound to a lot"),
    (True, False): ("tem thôi thuộc lô nào", "the stamp is no lot's any more"),
}
NO_ACTS: Both = (
    "Sau đợt tem, bằng chứng này không kèm dòng nào khác về con tem.",
    "After the batch this proof carries no other line about the stamp.",
)
MAY_FOLLOW: Both = (
    "Sau lúc ấy sổ có thể ghi thêm (hủy, thu hồi): muốn biết thì tải bằng chứng mới.",
    "The log may say more since (cancelled, recalled): download a new proof to know.",
)
NO_POLICY: Both = (
    "Cần tệp --policy (khóa của sổ và của nhân chứng), lấy từ nơi bạn tin.",
    "A --policy file is needed (the keys of the log and its witnesses), from somebody you trust.",
)
BESIDE: Both = (
    "Khóa lấy từ tệp `policy` nằm cạnh: ai đưa bằng chứng cũng đưa được cả tệp ấy.",
    "By the keys of `policy` beside it: whoever gave you the proof may have given you both.",
)
FACTS = {
    "product_name": ("Sản phẩm", "Product"),
    "lot": ("Lô", "Lot"),
    "count": ("Số tem của đợt", "Stamps of the batch"),
    "enterprise_name": ("Đơn vị ghi", "Recorded by"),
    "enterprise": ("Mã đơn vị", "Its id"),  # A household's name is a person's: never in the log.
    "at": ("Ghi lúc", "Recorded at"),
}


def main(arguments: Sequence[str]) -> int:
    """Check the file, say in both languages what was found, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m traceability.verify")
    parser.add_argument("file", type=Path, help="the proof, as downloaded (.tlog-proof)")
    parser.add_argument("--policy", type=Path, help="whom to believe (c2sp.org/tlog-policy)")
    chosen = parser.parse_args(arguments)
    try:
        policy = _read_policy(chosen.policy or chosen.file.with_name("policy"))
        text = chosen.file.read_bytes().decode()
    except (OSError, PolicyRefused) as missing:
        _say(NO_POLICY)
        _say((str(missing),))
        return UNDECIDED
    except UnicodeDecodeError:
        return _refuse("not UTF-8")
    try:
        proof = parse_stamp_proof(text)
    except LogRefusal as wrong:
        return _refuse(str(wrong))
    if chosen.policy is None:
        _say(BESIDE)
    check = check_stamp(proof, policy)
    _tell(proof, policy, check)
    return CODES[check.outcome]


def _read_policy(path: Path) -> Policy:
    try:
        return parse_policy(path.read_bytes().decode())
    except UnicodeDecodeError as wrong:
        raise PolicyRefused("not UTF-8") from wrong


def _refuse(why: str) -> int:
    _say(OUTCOMES[Outcome.MISMATCH])
    _say((why,))
    return MISMATCH


def _tell(proof: StampProof, policy: Policy, check: Check) -> None:
    _say((f"Tem / Stamp: {proof.uri}",))
    for number, (step, words) in enumerate(STEPS.items(), 1):
        _say([f"{number}. {_mark(step, check)} {word}" for word in words])
    if check.outcome is not Outcome.MISMATCH:
        _tell_record(proof)
        names = ", ".join(witnesses_of(proof, policy)) or "–"
        _say((f"Nhân chứng đã ký / Witnesses who signed: {names}",))
        _tell_until(proof, policy)
    if check.why:
        _say((check.why,))
    _say(OUTCOMES[check.outcome])


def _tell_until(proof: StampProof, policy: Policy) -> None:
    """Say until when this holds: the log goes on, and may tell of the stamp again."""
    until = seen_at(proof, policy)
    if until is not None:
        moment = until.strftime("%Y-%m-%dT%H:%M:%SZ")
        _say((f"Tính đến / As of: {moment}", *MAY_FOLLOW))


def _mark(step: Step, check: Check) -> str:
    if step in check.passed:
        return "✓"
    return "–" if len(check.passed) < list(STEPS).index(step) else "✗"


def _tell_record(proof: StampProof) -> None:
    fields = read_entry(proof.entry.entry)
    for name, (vietnamese, english) in FACTS.items():
        if fields.get(name) is not None:
            _say((f"{vietnamese} / {english}: {fields[name]}",))
    acts = later_acts(proof)
    for act in acts:
        vietnamese, english = _act_words(act)
        why = f" ({act['reason']})" if isinstance(act.get("reason"), str) else ""
        _say((f"Sau đó sổ ghi / Later the log says: {vietnamese} / {english}{why}, {act['at']}",))
    if not acts:
        _say(NO_ACTS)


def _act_words(act: Mapping[str, Any]) -> Both:
    kind = act["kind"]
    words = ACTS.get(kind, (kind, kind))
    if kind != "correct":
        return words
    # Of a household its code stands keyed.
    was, now = (act.get(name) or act.get(f"{name}_hmac") for name in ("from_lot", "to_lot"))
    return MOVES.get((was is not None, now is not None), words)


def _say(lines: Sequence[str]) -> None:
    """Print lines; what a terminal would obey instead of show stands as question marks."""
    for line in lines:
        shown = "".join(letter if letter.isprintable() else "?" for letter in line)
        sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
