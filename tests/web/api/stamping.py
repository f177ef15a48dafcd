"""A lot of the forge and its batches, for the tests of the API of stamps."""

from core.work import COMMAND, transaction
from tests.makers import make_lot, make_product
from tests.web.api.program import Program, Said, by_hand, forge
from traceability import tasks

KINDS = {"issue_stamps": tasks.issue_batch, "draw_labels": tasks.draw_labels}


def new_lot(code: str = "26-11A", declared: int = 640) -> str:
    """The public id of a lot of knives on sale."""
    with transaction(by=COMMAND) as work:
        work.by = by_hand(work)
        product = make_product(work, enterprise=forge(work))
        return make_lot(work, product=product, code=code, declared=declared).public_id


def issue(program: Program, lot: str, count: int, **headers: str) -> Said:
    """Ask for stamps."""
    return program.post("/stamps", {"lot": lot, "count": count}, **headers)


def issued(program: Program, lot: str, count: int = 10) -> str:
    """The path of a new batch."""
    answer = issue(program, lot, count)
    assert answer.status_code == 202, answer.json
    return answer.location.removeprefix("/api/v1")


def serials(program: Program, path: str) -> list[str]:
    """The serials of a batch in their order."""
    return [one["serial"] for one in program.get(f"{path}/stamps").json["items"]]
