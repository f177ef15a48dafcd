import re
from datetime import UTC, datetime

import pytest

from tests.unit.traceability.log.vectors import (
    ENOCH_LINE,
    NEUMANN,
    NEUMANN_LINE,
    NEUMANN_PRIVATE,
    NEUMANN_TEXT,
    SOFA_LINES,
    SOFA_TEXT,
)
from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.cosignatures import cosign, cosigned_at
from traceability.log.errors import CheckpointRefused, KeyRefused, NoteRefused
from traceability.log.merkle import EMPTY_ROOT
from traceability.log.notes import (
    SigningKey,
    VerifyingKey,
    add_lines,
    open_note,
    sign_note,
    split_note,
)

NOTE = f"{NEUMANN_TEXT}\n{NEUMANN_LINE}"
KNOWN = VerifyingKey.from_text(NEUMANN)
AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)


def test_keys_and_notes_are_those_of_go() -> None:
    key = SigningKey.from_text(NEUMANN_PRIVATE)

    assert key.text == NEUMANN_PRIVATE
    assert key.verifying_key.text == NEUMANN
    assert sign_note(NEUMANN_TEXT, [key]) == NOTE
    assert open_note(NOTE, [KNOWN]).text == NEUMANN_TEXT


def test_keys_nobody_knows_are_passed_over() -> None:
    note = open_note(add_lines(NOTE, [ENOCH_LINE]), [KNOWN])

    assert list(note.signatures) == [KNOWN]


def test_a_note_no_known_key_signed_is_refused() -> None:
    stranger = SigningKey.generate("PeterNeumann").verifying_key

    with pytest.raises(NoteRefused, match="no known key"):
        open_note(NOTE, [stranger])
    with pytest.raises(NoteRefused, match="no known key"):
        open_note(NOTE, [])


def test_a_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    enoch = SigningKey.generate("EnochRoot")
    good = sign_note(NEUMANN_TEXT, [SigningKey.from_text(NEUMANN_PRIVATE), enoch])
    foreign = sign_note("Another text.\n", [enoch]).splitlines(keepends=True)[-1]
    both = [KNOWN, enoch.verifying_key]

    assert len(open_note(good, both).signatures) == 2
    with pytest.raises(NoteRefused, match="EnochRoot did not sign"):
        open_note(add_lines(NOTE, [foreign]), both)


def test_a_key_that_signed_twice_counts_once() -> None:
    assert len(open_note(add_lines(NOTE, [NEUMANN_LINE]), [KNOWN]).signatures) == 1


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("", "control characters"),
        ("text\n", "no signatures"),
        ("text\n\n", "no signatures"),
        ("\n\n\n", "not a signature line"),
        (NOTE.removesuffix("\n"), "control characters"),
        (f"{NOTE}— Enoch\x07Root rwz+eBzmZa0=\n", "control characters"),
        (NOTE.replace("then", "the\tn"), "control characters"),
        (NOTE.replace("then", "the\rn"), "control characters"),
        (NOTE.replace("then", "the\ud800n"), "not Unicode"),
        (NOTE.replace("— ", "- "), "not a signature line"),
        (NOTE.replace("PeterNeumann ", ""), "not a signature line"),
        (NOTE.replace("PeterNeumann", "Peter+Neumann"), "not a signature line"),
        (NOTE.replace("AM=", "AM"), "not base64"),
        (NOTE.replace("AM=", "AN="), "not the one way"),
        (f"{NEUMANN_TEXT}\n— PeterNeumann x08gow==\n", "without signature"),
        (f"{NEUMANN_TEXT}\n— PeterNeumann x08go/Y=\n", "did not sign"),
        (f"{NEUMANN_TEXT}\n{NEUMANN_LINE * 101}", "too many signatures"),
        ("x" * 1_000_000 + "\n" + NOTE, "too large"),
        ("đ" * 600_000 + "\n" + NOTE, "too large"),
    ],
)
def test_what_is_no_note_is_refused(note: str, why: str) -> None:
    with pytest.raises(NoteRefused, match=re.escape(why)):
        open_note(note, [KNOWN])


@pytest.mark.parametrize("text", ["", "no line end", "tab\t\n", "bell\x07\n"])
def test_what_cannot_be_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(NoteRefused):
        sign_note(text, [SigningKey.generate("log.example")])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        NEUMANN.replace("PeterNeumann", "Peter Neumann"),
        NEUMANN.replace("+AR", "+AQ"),
        NEUMANN[:-1],
        "PeterNeumann+c74f20a3+AhpcWQ==",
        "PeterNeumann+c74f20a3+CRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyRefused):
        VerifyingKey.from_text(text)
    with pytest.raises(KeyRefused):
        SigningKey.from_text(text)
    with pytest.raises(KeyRefused):
        SigningKey.from_text(f"PRIVATE+KEY+{text}")


def test_a_secret_key_is_not_shown_by_chance() -> None:
    key = SigningKey.generate("log.example")

    assert repr(key) == "SigningKey('log.example')"
    assert SigningKey.from_text(key.text) == key
    assert key != SigningKey.generate("log.example")
    with pytest.raises(KeyRefused, match="neither spaces"):
        SigningKey.generate("log example")


def test_a_witness_says_when_it_cosigned() -> None:
    log, witness = SigningKey.generate("log.example"), SigningKey.generate("witness.example")
    text = Checkpoint("log.example", 0, EMPTY_ROOT).text()
    note = add_lines(sign_note(text, [log]), [cosign(text, witness, AT)])
    known = [log.verifying_key, VerifyingKey.from_text(witness.witness_key.text)]

    opened = open_note(note, known)

    assert set(opened.signatures) == set(known)
    assert cosigned_at(opened, witness.witness_key) == AT
    assert witness.witness_key.key_id != witness.verifying_key.key_id


def test_a_cosignature_holds_for_its_text_and_moment_alone() -> None:
    witness = SigningKey.generate("witness.example")
    text = Checkpoint("log.example", 0, EMPTY_ROOT).text()
    other = Checkpoint("log.example", 1, EMPTY_ROOT).text()
    line = cosign(text, witness, AT)
    signature = next(iter(open_note(f"{text}\n{line}", [witness.witness_key]).signatures.values()))
    later = (int.from_bytes(signature[:8], "big") + 1).to_bytes(8, "big") + signature[8:]

    with pytest.raises(NoteRefused, match=r"witness\.example did not sign"):
        open_note(f"{other}\n{line}", [witness.witness_key])
    for wrong in (later, signature[:8], signature[8:], b""):
        with pytest.raises(NoteRefused):
            witness.witness_key.verify(text, wrong)
    with pytest.raises(NoteRefused):
        witness.verifying_key.verify(text, signature[8:])


def test_the_example_of_the_specification_is_read() -> None:
    text, lines = split_note(f"{SOFA_TEXT}\n{SOFA_LINES}")

    assert parse_checkpoint(text).size == 20852163
    assert parse_checkpoint(text).text() == SOFA_TEXT
    assert [line.split(" ")[1] for line in lines] == [
        "example.com/behind-the-sofa",
        "witness.example.com/w1",
    ]


def test_extension_lines_say_nothing_to_us() -> None:
    assert parse_checkpoint(f"{SOFA_TEXT}extension\n") == parse_checkpoint(SOFA_TEXT)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "three lines"),
        ("a\n1\n", "three lines"),
        (SOFA_TEXT.removesuffix("\n"), "three lines"),
        (SOFA_TEXT.replace("20852163", ""), "three lines"),
        (f"{SOFA_TEXT}\n", "three lines"),
        (SOFA_TEXT.replace("20852163", "020852163"), "not a decimal"),
        (SOFA_TEXT.replace("20852163", "+20852163"), "not a decimal"),
        (SOFA_TEXT.replace("20852163", "²"), "not a decimal"),
        (SOFA_TEXT.replace("20852163", "9223372036854775808"), "not a decimal"),
        (SOFA_TEXT.replace("q2I=", "q2J="), "not the one way"),
        (SOFA_TEXT.replace("q2I=", ""), "32 bytes"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str, why: str) -> None:
    with pytest.raises(CheckpointRefused, match=re.escape(why)):
        parse_checkpoint(text)
