"""Whoever watches a log hears by name what they never asked for, and of a log that forked."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.unit.traceability.log.books import KEY, ORIGIN, add
from tests.unit.traceability.log.stamps import POLICY_TEXT, act_entry, batch_entry
from traceability import monitor
from traceability.log.canonical import canonical_text
from traceability.log.folder import FolderLog
from traceability.log.growing import Frontier
from traceability.log.merkle import leaf_hash, root_of
from traceability.log.monitoring import Alarm, Monitor, Seen, Watch
from traceability.log.policy import policy_text

GTIN = "08935000000019"


def batch(name: str, **other: object) -> bytes:
    return batch_entry(**{"batch": name, "gtin": GTIN, "lot_units": 10, "stars": None, **other})


def cert(**other: object) -> bytes:
    fields = {
        "v": 1,
        "kind": "cert",
        "at": "2026-11-20T00:00:00Z",
        "cert": "C1",
        "product": "P1",
        "enterprise": "E7K3MQ9T2X",
        "stars": 4,
        "issuer": "UBND tỉnh Cao Bằng",
        "number": "377/QĐ-UBND",
        "from": "2026-03-15",
        "until": "2029-03-14",
    }
    return canonical_text({**fields, **other}).encode()


class Parts(dict[str, list[Any]]):
    """Batches that count how often all of them are read."""

    read = 0

    def values(self) -> Any:
        self.read += 1
        return super().values()


def log_in(folder: Path, entries: Sequence[bytes]) -> Path:
    """A log of these entries, or one with more, whose policy asks for no witnesses."""
    add(FolderLog(folder, origin=ORIGIN), entries)
    (folder / "policy").write_text(policy_text(KEY.verifying_key, {}, 0))
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return log_in(tmp_path / "log", [act_entry(batch="BEFORE0000")])


def watched(
    log: Path, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, list[tuple[str, object]], dict[str, Any]]:
    code = monitor.main([str(log), *words])
    *found, summary = map(json.loads, capsys.readouterr().out.splitlines())
    return code, [(one["finding"], one.get("batch", one.get("cert"))) for one in found], summary


def found_of(
    log: Path, capsys: pytest.CaptureFixture[str], entries: Sequence[bytes]
) -> list[tuple[str, object]]:
    log_in(log, entries)
    return watched(log, capsys)[1]


def test_a_batch_nobody_asked_for_is_named_and_known_ones_and_other_gtins_are_not(
    log: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_in(log, [batch("MINE"), batch("THEIRS"), batch("ELSEWHERE", gtin="09521234543213")])
    (tmp_path / "known").write_text("MINE\n")

    code, found, summary = watched(
        log, capsys, "--gtin", GTIN.lstrip("0"), "--known", str(tmp_path / "known")
    )

    assert (code, found) == (1, [("BatchNotAskedFor", "THEIRS")])
    assert summary == {"ok": False, "code": 1, "size": 4, "from": 0, "found": 1}


def test_stars_of_other_makers_are_nobodys_finding_while_a_gtin_is_watched(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = cert(number=None, cert="C9", product="P9")
    log_in(log, [theirs, batch("MINE", product="P1"), cert(number=None, product="P1")])

    assert watched(log, capsys, "--gtin", GTIN)[1] == [("StarsWithoutDecision", "C1")]
    assert watched(log, capsys)[1] == [
        ("StarsWithoutDecision", "C9"),
        ("StarsWithoutDecision", "C1"),
    ]


def test_a_second_batch_under_a_known_id_is_named_and_its_stamps_count(
    log: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    state = ("--state", str(tmp_path / "state"), "--known", str(tmp_path / "known"))
    (tmp_path / "known").write_text("MINE\nOTHER\n")
    log_in(log, [batch("MINE", count=6)])
    assert watched(log, capsys, *state)[1] == []
    log_in(log, [batch("MINE", count=4), batch("OTHER", count=1)])

    found = watched(log, capsys, *state)[1]

    assert found == [("BatchNotAskedFor", "MINE"), ("CountOverYield", "OTHER")]


def test_a_log_with_nothing_to_look_at_ends_with_nought(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_in(log, [cert(), batch("B1", product="P1", stars=4, count=10)])

    assert watched(log, capsys)[:2] == (0, [])


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([batch("B1", count=10), batch("B2", count=1)], ["B2"]),
        ([batch("B1", count=10), batch("B2", count=1, lot_units=11)], []),
        ([batch("B1", count=10), batch("B2", count=1, lot="L2")], []),
        ([batch("B1", count=10), batch("B2", count=1, enterprise="OTHER")], []),
        (
            [
                batch("B1", count=10),
                act_entry(batch="B1", first=4, last=4),
                batch("B2", count=1),
            ],
            [],
        ),
        (
            [
                batch("B1", count=10),
                batch("ROLL", count=5, lot=None, lot_units=None),
                act_entry("correct", batch="ROLL", first=1, last=2, to_lot="L2611A"),
            ],
            ["ROLL"],
        ),
        (
            [
                batch("B1", count=10),
                act_entry("correct", batch="B1", first=1, last=5, to_lot="L2", to_lot_units=4),
                batch("B2", count=5),
            ],
            ["B1"],
        ),
        ([batch("B1", count=11, lot="void")], ["B1"]),
        (
            [
                batch("B1", count=5),
                act_entry(batch="B1", first=1, last=5),
                act_entry("correct", batch="B1", first=1, last=5, to_lot="L2", to_lot_units=9),
                batch("B2", count=9, lot="L2", lot_units=9),
            ],
            [],
        ),
        ([batch("B1", count=11), batch("B2", count=1)], ["B1"]),  # Told once, not at each batch.
        ([batch("B1", count=11, lot=None, lot_hmac="ab")], ["B1"]),
    ],
    ids=[
        "over",
        "more units",
        "another lot",
        "another maker",
        "void gives back",
        "a roll bound",
        "moved to a small lot",
        "a lot called void",
        "void is told before the move",
        "once",
        "a household's",
    ],
)
def test_more_stamps_of_a_lot_than_units_are_named(
    log: Path,
    capsys: pytest.CaptureFixture[str],
    entries: Sequence[bytes],
    found: Sequence[str],
) -> None:
    assert found_of(log, capsys, entries) == [("CountOverYield", one) for one in found]


def test_the_watchers_own_units_beat_what_the_log_tells(
    log: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_in(log, [batch("B1", count=8)])
    (tmp_path / "units").write_text("L2611A, 7\n")

    found = watched(log, capsys, "--units", str(tmp_path / "units"))[1]

    assert found == [("CountOverYield", "B1")]


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([batch("B1", product="P1", stars=4)], ["B1"]),
        ([cert(), batch("B1", product="P1", stars=5)], ["B1"]),
        ([cert(), batch("B1", product="P2", stars=4)], ["B1"]),
        ([cert(until="2026-11-21"), batch("B1", product="P1", stars=4)], ["B1"]),
        ([cert(**{"from": "2026-11-23"}), batch("B1", product="P1", stars=4)], ["B1"]),
        (
            [
                cert(**{"from": "2026-11-23"}),
                batch("B1", product="P1", stars=4, at="2026-11-22T17:00:00Z"),
            ],
            [],
        ),
        (
            [
                cert(until="2026-11-22"),
                batch("B1", product="P1", stars=4, at="2026-11-22T17:00:00Z"),
            ],
            ["B1"],
        ),
        ([cert(), batch("B1", product="P1", stars=4, at="9999-12-31T23:59:59Z")], ["B1"]),
        ([cert(number=None), batch("B1", product="P1", stars=4)], ["C1", "B1"]),
        ([cert(issuer="")], ["C1"]),
        ([cert(), cert(kind="cert-revoke"), batch("B1", product="P1", stars=4)], ["B1"]),
        ([cert(stars=None, number=None)], []),
    ],
)
def test_stars_without_a_decision_in_force_are_named(
    log: Path,
    capsys: pytest.CaptureFixture[str],
    entries: Sequence[bytes],
    found: Sequence[str],
) -> None:
    assert found_of(log, capsys, entries) == [("StarsWithoutDecision", one) for one in found]


def test_the_next_run_goes_on_where_this_one_ended(
    log: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    state = ("--state", str(tmp_path / "state"))
    log_in(log, [batch(f"B{number}", lot=f"L{number}", count=6) for number in range(300)])
    assert watched(log, capsys, *state)[:2] == (0, [])
    log_in(log, [batch("AGAIN", lot="L7", count=5)])

    code, found, summary = watched(log, capsys, *state)

    assert (code, found) == (1, [("CountOverYield", "AGAIN")])
    assert (summary["from"], summary["size"]) == (301, 302)
    assert watched(log, capsys, *state)[2] == {
        "ok": True,
        "code": 0,
        "size": 302,
        "from": 302,
        "found": 0,
    }


def test_what_a_lot_bears_is_not_added_up_anew_for_each_of_its_batches() -> None:
    parts = Parts()
    taking = Monitor(Watch(), Seen(batches=parts))

    for number in range(2_000):
        said = {"kind": "batch", "batch": f"B{number}", "enterprise": "E", "lot": "L", "count": 1}
        assert taking.take(number, {**said, "lot_units": 2_000}) == []

    assert parts.read <= 1
    said = {"kind": "batch", "batch": "ONE MORE", "enterprise": "E", "lot": "L", "count": 1}
    assert [one.alarm for one in taking.take(2_000, said)] == [Alarm.COUNT_OVER_YIELD]


@pytest.mark.parametrize(("later", "error"), [(4, "LogForked"), (3, "LogForked"), (2, "LogShrank")])
def test_a_log_that_is_not_what_it_was_is_named(
    log: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    later: int,
    error: str,
) -> None:
    state = ("--state", str(tmp_path / "state"))
    log_in(log, [batch("B1"), batch("B2", lot="L2")])
    watched(log, capsys, *state)
    before = (tmp_path / "state").read_text()
    entries = [batch(f"X{number}", lot=f"L{number}") for number in range(later)]
    other = log_in(tmp_path / "other", entries)

    code, found, summary = watched(other, capsys, *state)

    assert (code, found, summary["error"]) == (1, [], error)
    assert (tmp_path / "state").read_text() == before


def test_what_cannot_be_had_decides_nothing(
    log: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "wrong").write_text("[]")
    (tmp_path / "policy").write_text(POLICY_TEXT)

    assert monitor.main([str(tmp_path / "nowhere")]) == 2
    assert monitor.main([str(log), "--known", str(tmp_path / "nowhere")]) == 2
    assert monitor.main([str(log), "--state", str(tmp_path / "wrong")]) == 2
    assert monitor.main([str(log), "--policy", str(tmp_path / "policy")]) == 0
    (log / "checkpoint").write_text("nothing\n")
    assert monitor.main([str(log)]) == 1
    (log / "policy").unlink()
    assert monitor.main([str(log)]) == 2
    assert "policy is missing" in capsys.readouterr().out


def test_nothing_the_log_says_commands_the_terminal(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_in(log, [batch("B1", count=11, lot="L\x9b2J\u202e", product="Trà")])

    monitor.main([str(log)])

    said = capsys.readouterr().out.splitlines()
    assert json.loads(said[0])["lot"] == "L?2J?"
    assert json.loads(said[0])["product"] == "Trà"


def test_a_frontier_comes_to_the_root_of_all_its_leaves() -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(70)]
    frontier = Frontier()
    assert frontier.root() is None

    for size, leaf in enumerate(leaves, 1):
        frontier.add(leaf)
        assert (frontier.size, frontier.root()) == (size, root_of(leaves[:size]))
