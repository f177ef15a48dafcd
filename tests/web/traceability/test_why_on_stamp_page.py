"""Why one may go by a stamp's record: who made it, since when it is public, who locked it."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalog.models import Lot
from core.pages import integrity
from core.work import COMMAND, reading, transaction
from tests.makers import make_batch, make_lot
from tests.statements import counted_statements
from tests.web.traceability.verdict_book import page_words
from traceability import service
from traceability.locking import lock_of
from traceability.log.cosignatures import cosign
from traceability.log.folder import FolderLog
from traceability.log.notes import (
    SigningKey,
    add_lines,
    cosigned_message,
    signature_line,
    split_note,
)
from traceability.log.witness.places import WitnessPlace
from traceability.log_errors import ProofNotYet
from traceability.log_place import init_log, log_place
from traceability.models import Stamp
from traceability.publishing import publish
from traceability.rules import Side, VoidReason, serial_text
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason
from traceability.service import Judge, RecallNotice

LABELS = ("Tỉnh", "Trường", "Liên hiệp")
KEYS = [SigningKey(f"witness{number}.example", bytes([number]) * 32) for number in range(3)]
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def serial(app: Flask) -> str:
    """An active stamp of a batch the log does not hold yet."""
    with transaction(by=COMMAND) as work:
        lot = make_lot(work)
        make_batch(work, lot=lot, count=1)
        service.activate_lot(work, lot_id=lot.id)
    with reading() as session:
        return serial_text(session.scalars(select(Stamp.serial)).one())


@pytest.fixture
def watched(app: Flask) -> None:
    """The log's place names three witnesses, two of which are needed."""
    places = zip(KEYS, LABELS, strict=True)
    known = tuple(
        WitnessPlace(key.witness_key, "http://127.0.0.1:1", label) for key, label in places
    )
    init_log(app, replace(log_place(), witnesses=known))


def publish_cosigned(*signers: SigningKey, wrong: Sequence[SigningKey] = ()) -> None:
    """Publish what waits, cosigned by these; `wrong` ones cosigned something else."""
    publish(replace(log_place(), witnesses=()))
    path = log_place().folder / "checkpoint"
    text, _ = split_note(path.read_text())
    lines = [cosign(text, key, AT) for key in signers]
    lines += [cosign(f"{text}more\n", key, AT) for key in wrong]
    path.write_text(add_lines(path.read_text(), lines))


def words_of(client: FlaskClient, serial: str, language: str = "vi") -> str:
    return page_words(client.get(f"/s/{serial}?lang={language}").text)


def test_before_publication_the_page_says_so_and_loads_no_script(
    client: FlaskClient, serial: str
) -> None:
    page = client.get(f"/s/{serial}").text

    assert "Đợt tem này chưa công bố vào sổ công khai" in page_words(page)
    assert "proof.js" not in page
    assert "Sổ đã khóa" not in page
    assert "Sổ chưa khóa" not in page


def test_without_witnesses_nobody_locked_the_log(client: FlaskClient, serial: str) -> None:
    publish()

    words = words_of(client, serial)

    assert "Đợt tem này đã công bố trong sổ công khai lúc" in words
    assert "Sổ chưa khóa: chưa có nhân chứng nào ký." in words
    assert "Sổ đã khóa" not in words


def test_enough_witnesses_are_named_in_both_languages(
    client: FlaskClient, serial: str, watched: None
) -> None:
    publish_cosigned(KEYS[0], KEYS[2])

    assert "Sổ đã khóa: Tỉnh, Liên hiệp đã ký. Họ xác nhận sổ chỉ dài thêm" in words_of(
        client, serial
    )
    assert "The record is locked: Tỉnh, Liên hiệp signed it." in words_of(client, serial, "en")


def test_the_page_says_as_of_when_the_log_was_locked(
    client: FlaskClient, serial: str, watched: None
) -> None:
    publish_cosigned(KEYS[0], KEYS[2])

    assert re.search(r"Tính đến \d{1,2}:\d\d ngày \d", words_of(client, serial))


@pytest.mark.parametrize("posix", [4_102_444_800, 2**60], ids=["ahead", "of-no-calendar"])
def test_the_clock_of_one_witness_makes_the_lock_no_newer_and_takes_no_page_down(
    client: FlaskClient, serial: str, watched: None, posix: int
) -> None:
    publish_cosigned(KEYS[0], KEYS[2])
    path = log_place().folder / "checkpoint"
    text, _ = split_note(path.read_text())
    signature = posix.to_bytes(8, "big") + KEYS[1].sign(cosigned_message(text, posix))
    line = signature_line(KEYS[1].witness_key, signature)
    path.write_text(add_lines(path.read_text(), [line]))

    lock = lock_of(log_place())

    assert (lock.names, lock.until_at) == (LABELS, AT)
    assert "Sổ đã khóa: Tỉnh, Trường, Liên hiệp đã ký." in words_of(client, serial)


def test_a_log_that_cannot_be_read_takes_no_page_down(
    client: FlaskClient, serial: str, watched: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_cosigned(KEYS[0], KEYS[2])

    def unreadable(_log: FolderLog) -> str:
        raise PermissionError("checkpoint")

    monkeypatch.setattr(FolderLog, "published_note", unreadable)
    answer = client.get(f"/s/{serial}")

    assert answer.status_code == 200
    assert "Lúc này chưa đọc được sổ công khai" in page_words(answer.text)
    assert "proof.js" not in answer.text
    assert client.get(f"/s/{serial}/proof").status_code == ProofNotYet.status


def test_a_damaged_log_takes_no_page_down(client: FlaskClient, serial: str, watched: None) -> None:
    publish_cosigned(KEYS[0], KEYS[2])
    folder = log_place().folder
    shutil.rmtree(folder / "tile")
    assert client.get(f"/s/{serial}/proof").status_code == ProofNotYet.status

    (folder / "checkpoint").write_bytes(b"\xff\xfe")
    assert "Lúc này chưa đọc được sổ công khai" in words_of(client, serial)
    (folder / "promise").write_bytes(b"no checkpoint")
    assert "Lúc này chưa đọc được sổ công khai" in words_of(client, serial)
    assert client.get(f"/s/{serial}/proof").status_code == ProofNotYet.status


def test_one_witness_of_two_is_not_enough(client: FlaskClient, serial: str, watched: None) -> None:
    publish_cosigned(KEYS[1])

    words = words_of(client, serial)

    assert "Sổ chưa khóa: mới có Trường ký, cần 2 nhân chứng." in words
    assert "Sổ đã khóa" not in words


def test_a_cosignature_of_something_else_locks_nothing(
    client: FlaskClient, serial: str, watched: None
) -> None:
    publish_cosigned(KEYS[0], wrong=[KEYS[1]])

    words = words_of(client, serial)

    assert "Sổ chưa khóa: chưa có nhân chứng nào ký." in words
    assert "Trường" not in words


def test_a_published_stamps_page_asks_the_database_no_more_than_before(
    client: FlaskClient, serial: str, watched: None
) -> None:
    publish_cosigned(KEYS[0], KEYS[1])

    with counted_statements() as statements:
        client.get(f"/s/{serial}", headers={"User-Agent": "Mozilla/5.0 Mobile Safari/604.1"})

    assert len([one for one in statements if "advisory_xact_lock" not in one]) <= 6


LATER = "Sau lúc ấy"
VERDICTS_ASKED = {"void": 0, "recall": 1}  # The recall is read for the verdict's own words.


@pytest.mark.parametrize(
    ("act", "said"),
    [("void", "Sau lúc ấy tem bị hủy ("), ("recall", "Sau lúc ấy lô bị thu hồi (")],
)
def test_what_was_done_after_the_witnesses_signed_is_named_without_script(
    client: FlaskClient, serial: str, watched: None, act: str, said: str
) -> None:
    publish_cosigned(KEYS[0], KEYS[2])
    assert LATER not in words_of(client, serial)

    with transaction(by=COMMAND) as work:
        stamp = work.session.scalars(select(Stamp)).one()
        lot = work.session.scalars(select(Lot)).one()
        if act == "void":
            service.void_stamps(
                work, batch_id=stamp.batch_id, first=1, last=1, reason=VoidReason.REPLACED
            )
        else:
            notice = RecallNotice(RecallReason.SPOILED, Advice.KEEP, words="bị ẩm khi chở")
            judge = Judge(Side.MAKER, MAKER)
            service.recall_lot(work, lot_id=lot.id, version=lot.version, judge=judge, notice=notice)
    with counted_statements() as statements:
        words = words_of(client, serial)

    assert said in words
    assert words.count(LATER) == 1
    assert "After that " in words_of(client, serial, "en")
    asked = [one for one in statements if "advisory_xact_lock" not in one]
    assert len(asked) <= 6 + VERDICTS_ASKED[act]


def test_what_the_witnesses_have_locked_is_no_later_act(
    client: FlaskClient, serial: str, watched: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(by=COMMAND) as work:
        stamp = work.session.scalars(select(Stamp)).one()
        service.void_stamps(
            work, batch_id=stamp.batch_id, first=1, last=1, reason=VoidReason.REPLACED
        )
    monkeypatch.setattr(f"{__name__}.AT", datetime(2100, 1, 1, tzinfo=UTC))
    publish_cosigned(KEYS[0], KEYS[2])

    words = words_of(client, serial)

    assert "Sổ đã khóa" in words
    assert LATER not in words


def test_scripts_are_pinned_by_their_integrity(client: FlaskClient, serial: str) -> None:
    publish()

    page = client.get(f"/s/{serial}").text

    for name in ("traceability/proof.js", "traceability/proof_page.js"):
        assert re.search(rf'{name}\?v=\w+" integrity="{re.escape(integrity(name))}" defer', page)
    library = "vendor/noble-ed25519-3.2.0/ed25519.js"
    assert f'data-integrity="{integrity(library)}"' in page
    assert f"/static/{library}?v=" in page
