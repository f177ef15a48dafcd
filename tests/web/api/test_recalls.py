from sqlalchemy import select

from catalog.models import Lot
from core.work import reading
from tests.web.api.program import Program
from tests.web.api.stamping import issue, new_lot

BODY = {"version": 1, "reason": "residue", "words": "mẫu của chi cục", "advice": "bring_back"}


def test_a_lot_is_recalled_read_and_the_recall_ended(program: Program) -> None:
    lot = new_lot()
    assert program.get(f"/lots/{lot}/recall").json == {"recall": None}

    made = program.post(f"/lots/{lot}/recall", BODY, idempotency_key="R-1")
    again = program.post(f"/lots/{lot}/recall", BODY, idempotency_key="R-1")

    assert (made.status_code, again.json) == (201, made.json)
    assert {name: made.json[name] for name in ("lot", "by", "reason", "advice", "lifted_at")} == {
        "lot": lot,
        "by": "maker",
        "reason": "residue",
        "advice": "bring_back",
        "lifted_at": None,
    }
    assert program.get(f"/lots/{lot}/recall").json == {"recall": made.json}
    assert program.get(f"/lots/{lot}").json["recalled_since"] is not None
    refused = issue(program, lot, 5)
    assert (refused.status_code, refused.json["code"]) == (409, "lot_recalled")

    lift = {"recall": made.json["public_id"], "because": "cleared", "why": "Mẫu kiểm lại đạt."}
    ended = program.post(f"/lots/{lot}/recall/lift", lift, idempotency_key="R-2")
    assert (ended.status_code, ended.json["lifted_because"]) == (200, "cleared")
    repeated = program.post(f"/lots/{lot}/recall/lift", lift, idempotency_key="R-2")
    assert (repeated.status_code, repeated.json) == (200, ended.json)
    late = program.post(f"/lots/{lot}/recall/lift", lift)
    assert (late.status_code, late.json["code"]) == (409, "recall_over")
    assert program.get(f"/lots/{lot}/recall").json == {"recall": None}


def test_an_older_version_recalls_nothing(program: Program) -> None:
    lot = new_lot()
    program.post(f"/lots/{lot}/hold")

    refused = program.post(f"/lots/{lot}/recall", BODY)

    assert refused.status_code == 409
    with reading() as session:
        since = session.scalar(select(Lot.recalled_since).where(Lot.public_id == lot))
    assert since is None
