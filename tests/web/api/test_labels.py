import pytest
from sqlalchemy import delete, select

from core.files import files
from core.jobs import Job
from core.work import COMMAND, transaction
from core.worker.jobs import run_next
from tests.web.api.program import Program
from tests.web.api.stamping import KINDS, issued, new_lot
from tests.web.api.test_products import pages_of
from traceability import service
from traceability.adapters.outputs import Output
from traceability.models import StampBatch


@pytest.fixture
def path(program: Program) -> str:
    """The path of a batch of seventy stamps, whose labels wait to be drawn."""
    return issued(program, new_lot(), 70)


def test_labels_are_ordered_drawn_and_fetched(program: Program, path: str) -> None:
    answer = program.post(f"{path}/labels", {"first": 2, "last": 66, "paper": "a4-48"})

    assert answer.status_code == 202
    asked = answer.json
    assert asked == {
        "public_id": asked["public_id"],
        "batch": path.rsplit("/", 1)[1],
        "first": 2,
        "last": 66,
        "paper": "a4-48",
        "file_format": "pdf",
        "dpi": 300,
        "signed": False,
        "logo": False,
        "reprint_reason": None,
        "reprint_words": "",
        "fetched_at": None,
        "asked_at": asked["asked_at"],
        "job": {"state": "waiting", "done": 0, "total": 65, "detail": ""},
        "file": None,
    }
    assert answer.location == f"/api/v1/stamps/labels/{asked['public_id']}"
    where = answer.location.removeprefix("/api/v1")
    early = program.get(f"{where}/file")
    assert (early.status_code, early.json["code"]) == (409, "labels_not_drawn")

    while run_next(KINDS):
        pass

    drawn = program.get(where).json
    assert drawn["job"] == {"state": "done", "done": 65, "total": 65, "detail": ""}
    assert drawn["file"] == f"/api/v1{where}/file"
    headers = {"Authorization": f"Bearer {program.token}"}
    with program.client.get(drawn["file"], headers=headers) as pdf:
        assert pdf.status_code == 200
        assert pdf.data[:5] == b"%PDF-"
        assert pdf.content_type == "application/pdf"
        assert pdf.headers["Cache-Control"] == "no-store"
        assert pdf.headers["Content-Disposition"].endswith(f"tem-{asked['public_id']}.pdf")
        tag = pdf.headers["ETag"]
    with program.client.get(drawn["file"], headers={**headers, "If-None-Match": tag}) as same:
        assert (same.status_code, same.data) == (304, b"")


def fetched(program: Program, public_id: str) -> int:
    """Fetch a file of labels; the status of the answer."""
    where = f"/api/v1/stamps/labels/{public_id}/file"
    with program.client.get(where, headers={"Authorization": f"Bearer {program.token}"}) as answer:
        return answer.status_code


def test_labels_that_left_are_printed_again_for_a_reason_alone(program: Program, path: str) -> None:
    body = {"first": 2, "last": 3}
    waiting = program.post(f"{path}/labels", body).json["public_id"]
    [drawn] = [one for one in program.get(f"{path}/labels").json["items"] if one["first"] == 1]
    while run_next(KINDS):
        pass
    assert [fetched(program, drawn["public_id"]) for _ in range(2)] == [200, 200]

    twin = program.get(f"/stamps/labels/{waiting}/file")
    silent = program.post(f"{path}/labels", body)
    vague = program.post(f"{path}/labels", {**body, "reason": "other"})
    again = program.post(f"{path}/labels", {**body, "reason": "jam"})

    assert (twin.status_code, twin.json["code"]) == (409, "already_printed")
    assert (silent.status_code, silent.json["code"]) == (422, "reprint_needs_reason")
    assert silent.json["detail"].startswith("Tem số 2–3 đã được tải về để in rồi.")
    assert [one["field"] for one in vague.json["errors"]] == ["reason_words"]
    assert (again.status_code, again.json["reprint_reason"]) == (202, "jam")
    assert program.get(f"/stamps/labels/{drawn['public_id']}").json["fetched_at"] is not None
    while run_next(KINDS):
        pass
    assert fetched(program, again.json["public_id"]) == 200


def test_labels_of_several_sheets_as_svg_are_a_zip(program: Program, path: str) -> None:
    body = {"first": 1, "last": 70, "paper": "a4-65", "file_format": "svg"}
    asked = program.post(f"{path}/labels", body).json
    while run_next(KINDS):
        pass

    where = f"/api/v1/stamps/labels/{asked['public_id']}/file"
    with program.client.get(where, headers={"Authorization": f"Bearer {program.token}"}) as made:
        assert made.mimetype == "application/zip"
        assert made.headers["Content-Disposition"].endswith(f"tem-{asked['public_id']}.zip")
        assert made.data.startswith(b"PK")
    assert (asked["file_format"], asked["dpi"]) == ("svg", 300)


def test_commands_of_a_label_printer_for_a_sheet_are_refused(program: Program, path: str) -> None:
    answer = program.post(f"{path}/labels", {"first": 1, "last": 2, "file_format": "zpl"})

    assert (answer.status_code, answer.json["code"]) == (422, "not_for_this_paper")


def test_every_kind_of_file_that_comes_is_described(program: Program, path: str) -> None:
    with transaction(by=COMMAND) as work:
        batch = work.session.scalars(select(StampBatch)).one()
        asked = service.order_labels(
            work, batch, first=1, last=2, paper="roll-25", output=Output("zpl", 203)
        ).public_id
    while run_next(KINDS):
        pass

    described = program.get("/openapi.json").json["paths"]
    file = described["/api/v1/stamps/labels/{public_id}/file"]["get"]["responses"]["200"]
    where = f"/api/v1/stamps/labels/{asked}/file"
    with program.client.get(where, headers={"Authorization": f"Bearer {program.token}"}) as made:
        assert made.mimetype == "text/plain"
        assert made.mimetype in file["content"]
    assert set(file["content"]) == {
        "application/pdf",
        "application/zip",
        "image/svg+xml",
        "text/plain",
    }


def test_the_labels_drawn_at_issue_are_in_the_list_with_those_asked_for_since(
    program: Program, path: str
) -> None:
    asked = [
        program.post(f"{path}/labels", {"first": n, "last": n}).json["public_id"] for n in (1, 2)
    ]

    [first, last] = list(pages_of(program, f"{path}/labels?limit=2"))
    found = program.get(f"{path}/labels").json["items"]

    assert len(first) == 2
    assert sorted(first + last) == first + last
    assert set(asked) < set(first + last)
    assert {(one["first"], one["last"]) for one in found} == {(1, 70), (1, 1), (2, 2)}


def test_cancelled_stamps_alone_have_no_labels(program: Program, path: str) -> None:
    program.post(f"{path}/void", {"first": 5, "last": 6, "reason": "spoiled"})

    answer = program.post(f"{path}/labels", {"first": 5, "last": 6})

    assert (answer.status_code, answer.json["code"]) == (422, "nothing_to_print")


def test_a_paper_nobody_sells_and_too_many_labels_stand_beside_their_fields(
    program: Program,
) -> None:
    path = issued(program, new_lot(declared=20_000), 10_001)
    while run_next(KINDS):
        pass

    paper = program.post(f"{path}/labels", {"first": 1, "last": 1, "paper": "a3-1"})
    many = program.post(f"{path}/labels", {"first": 1, "last": 10_001})

    assert [one["field"] for one in paper.json["errors"]] == ["paper"]
    assert [one["field"] for one in many.json["errors"]] == ["last"]
    assert (many.status_code, many.json["code"], many.json["most"]) == (
        422,
        "too_many_labels",
        10_000,
    )


def test_a_file_kept_no_longer_is_gone_and_said_to_be(program: Program, path: str) -> None:
    while run_next(KINDS):
        pass
    [labels] = program.get(f"{path}/labels").json["items"]
    where = f"/stamps/labels/{labels['public_id']}"
    files().delete(f"labels/{labels['public_id']}.pdf")

    lost = program.get(f"{where}/file")
    with transaction(by=COMMAND) as work:
        work.session.execute(delete(Job))
    old = program.get(f"{where}/file")

    assert [(one.status_code, one.json["code"]) for one in (lost, old)] == [
        (410, "labels_gone")
    ] * 2
    shown = program.get(where).json
    assert (shown["job"], shown["file"]) == (None, None)


def test_labels_that_could_not_be_drawn_say_why(program: Program, path: str) -> None:
    sentence = "Mỗi tệp in nhiều nhất %(most)s tem. Xin chia ra nhiều tệp."
    with transaction(by=COMMAND) as work:
        job = work.session.scalars(select(Job)).one()
        job.state, job.finished_at = "failed", work.now
        job.result = {"refused": sentence, "values": {"most": "10.000"}}

    [labels] = program.get(f"{path}/labels?lang=en").json["items"]

    assert labels["job"]["state"] == "failed"
    assert labels["job"]["detail"].startswith("One file holds at most 10.000")
    assert labels["file"] is None
    file = program.get(f"/stamps/labels/{labels['public_id']}/file")
    assert (file.status_code, file.json["code"]) == (409, "labels_not_drawn")
