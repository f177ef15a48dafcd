"""A maker gives a logo once and prints it beside the code, through files and print codes."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from core.audit import AuditEntry
from core.files import files
from core.jobs import jobs_by_id
from core.work import reading
from core.worker.jobs import run_next
from tests.statements import counted_statements
from tests.unit.traceability.logo_pictures import drawn, sent
from tests.web.signed_in import SignedIn
from tests.web.traceability.manage_cast import Cast
from traceability import tasks
from traceability.models import LabelLogo, LabelPrint
from traceability.routes import manage_logo

DRAWING = {"draw_labels": tasks.draw_labels}
PATH = "/manage/stamps/logo"


def give(client: SignedIn, content: bytes | None = None) -> int:
    """Send a picture as the page does; give the status."""
    content = sent(drawn((300, 300))) if content is None else content
    return client.post(PATH, {"picture": (BytesIO(content), "logo.png")}).status_code


def kept() -> list[tuple[int, bool]]:
    """The enterprise of each logo, and whether it is in use."""
    with reading() as session:
        rows = session.scalars(select(LabelLogo).order_by(LabelLogo.id)).all()
        return [(row.enterprise_id, row.ended_at is None) for row in rows]


def prints() -> list[LabelPrint]:
    with reading() as session:
        return list(session.scalars(select(LabelPrint).order_by(LabelPrint.id)))


def test_a_logo_is_given_shown_on_labels_and_taken_off(cast: Cast) -> None:
    assert give(cast.director) == 303
    assert kept() == [(cast.ours.id, True)]

    shown = cast.director.get(PATH)
    sample = cast.director.get(f"{PATH}/sample?paper=a4-65")

    assert shown.text.count("<figure>") == 10
    assert "A4, 234 tem 15 × 15 mm" in shown.text.split("Không còn chỗ")[1]
    assert sample.content_type == "image/png"
    assert Image.open(BytesIO(sample.data)).size == (450, 250)
    assert cast.director.get(f"{PATH}/sample?paper=a4-15").location == PATH
    assert cast.director.get(f"{PATH}/sample?paper=letter").location == PATH

    assert cast.director.post(f"{PATH}/remove").status_code == 303
    assert cast.director.post(f"{PATH}/remove").status_code == 303
    assert kept() == []
    with reading() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
    assert sorted(act for act in acts if "logo" in act) == ["keep_logo", "remove_logo"]


def test_nobody_sees_or_changes_anothers_logo(cast: Cast) -> None:
    give(cast.director)

    assert "<figure>" not in cast.stranger.get(PATH).text
    assert cast.stranger.get(f"{PATH}/sample?paper=a4-65").location == PATH
    assert cast.stranger.post(f"{PATH}/remove").status_code == 303
    assert give(cast.grower()) == 403
    assert kept() == [(cast.ours.id, True)]


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", 415, "Chỉ nhận ảnh JPEG"),
        (b"", 422, "Xin chọn tệp ảnh logo"),
        (sent(Image.new("RGB", (200, 200), "white")), 422, "trắng trơn"),
    ],
    ids=["svg", "nothing", "blank"],
)
def test_what_is_no_logo_is_refused_beside_its_field(
    cast: Cast, content: bytes, status: int, said: str
) -> None:
    answer = cast.director.post(PATH, {"picture": (BytesIO(content), "logo.png")})

    assert answer.status_code == status
    assert said in answer.text
    assert kept() == []


def test_a_file_heavier_than_a_logo_is_refused_unread(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage_logo, "MOST_MB", 0)

    assert give(cast.director) == 413
    assert kept() == []


def test_stamps_are_printed_with_the_logo_they_were_asked_with(cast: Cast) -> None:
    give(cast.director)
    fields = {"lot": cast.lot.public_id, "count": "10", "paper": "a4-65", "logo": "yes"}
    path = cast.director.post("/manage/stamps", fields).location
    give(cast.director, sent(drawn((500, 200))))
    run_next(DRAWING)

    (wanted,) = prints()
    assert [in_use for _, in_use in kept()] == [False, True]
    with reading() as session:
        job = jobs_by_id(session, [wanted.job_id])[wanted.job_id]
    assert job.result is not None
    with files().reading(job.result["file"]) as stream:
        assert stream.read().count(b"/Subtype/Image") == 1
    assert wanted.counted == 10
    assert "có logo" in cast.director.get(path).text


def test_a_print_code_hands_out_labels_with_a_logo(cast: Cast) -> None:
    give(cast.director)
    fields = {"lot": cast.lot.public_id, "count": "10", "paper": "a4-65"}
    cast.director.post("/manage/stamps", fields)
    run_next(DRAWING)
    (plain,) = prints()

    made = cast.director.post(
        f"/manage/labels/{plain.public_id}/code", {"paper": "a4-65", "logo": "yes"}
    )

    assert made.status_code == 303
    assert [wanted.logo_id is not None for wanted in prints()] == [False, True]


@pytest.mark.parametrize(
    ("has_logo", "paper", "said"),
    [(True, "a4-15", "không còn chỗ cho logo"), (False, "a4-65", "chưa đưa logo lên")],
    ids=["no room", "no logo"],
)
def test_a_choice_that_cannot_be_printed_is_refused_and_nothing_is_issued(
    cast: Cast, *, has_logo: bool, paper: str, said: str
) -> None:
    if has_logo:
        give(cast.director)
    fields = {"lot": cast.lot.public_id, "count": "10", "paper": paper, "logo": "yes"}

    answer = cast.director.post("/manage/stamps", fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert prints() == []
    assert cast.left() in {None, 640}


def test_the_page_of_a_logo_asks_the_database_little(cast: Cast) -> None:
    give(cast.director)

    with counted_statements() as statements:
        cast.director.get(PATH)

    assert len(statements) <= 5
