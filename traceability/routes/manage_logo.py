"""“Logo trên tem”: a maker's logo, given once, and how it looks on each paper."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from apiflask import APIBlueprint
from flask import Response, request, send_file, url_for

from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, may, requires
from core.errors import AppError
from core.language import gettext as _
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading
from traceability import queries, service
from traceability.adapters.papers import PAPERS
from traceability.adapters.site import site_url
from traceability.label_errors import CodeTooFine
from traceability.logo_errors import LogoTooHeavy, NoLogoSent, NoRoomForLogo
from traceability.models import LabelLogo
from traceability.routes.paper_words import paper_words

bp = APIBlueprint("manage_logo", __name__, enable_openapi=False, url_prefix="/manage/stamps")

MOST_MB: Final = 5  # A drawing is far smaller; a photo of a signboard is not.


@dataclass(frozen=True)
class Sample:
    """A paper, and whether its labels have room for the logo."""

    key: str
    words: str
    has_room: bool


@bp.get("/logo")
@requires(Act.VIEW_MANAGE)
def shown() -> Response:
    """The logo, labels that bear it on each paper, and where to give another."""
    return _page()


@bp.post("/logo")
@requires(Act.PRINT_LABELS)
def keep() -> Response:
    """Keep a picture as the logo; it is made grey and small before anything is written."""
    # Heavy: an idle web process stays small.
    from traceability.adapters.logo_pictures import drawn_logo  # noqa: PLC0415

    ours = enterprise_id()
    try:
        picture = drawn_logo(_sent())
    except AppError as refusal:
        said = _(refusal.sentence, **refusal.values)
        return _page(status=refusal.status, error=said)

    def effect(work: Work) -> str:
        service.keep_logo(work, enterprise_id=ours, picture=picture)
        return url_for("manage_logo.shown")

    return answer_once(effect)


@bp.post("/logo/remove")
@requires(Act.PRINT_LABELS)
def remove() -> Response:
    """Print no logo any more; labels that were drawn keep theirs."""
    ours = enterprise_id()

    def effect(work: Work) -> str:
        service.remove_logo(work, enterprise_id=ours)
        return url_for("manage_logo.shown")

    return answer_once(effect)


@bp.get("/logo/sample")
@requires(Act.VIEW_MANAGE)
def sample() -> Response:
    """A label of the paper `?paper=` with the logo, dot for dot. Its code is no stamp's."""
    from traceability.adapters.label_pictures import png_of  # noqa: PLC0415  # Heavy, as above.
    from traceability.adapters.logo_samples import OUTPUT, sample_label  # noqa: PLC0415

    kept, paper = _kept(), request.args.get("paper", "")
    if kept is None or paper not in PAPERS:
        return see_other(url_for("manage_logo.shown"))
    try:
        dots = sample_label(paper, kept.picture, base_url=site_url())
    except (CodeTooFine, NoRoomForLogo):
        return see_other(url_for("manage_logo.shown"))
    answer = send_file(BytesIO(png_of(dots, OUTPUT.dpi)), "image/png")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sent() -> bytes:
    file = request.files.get("picture")
    content = file.stream.read(MOST_MB * 1_000_000 + 1) if file else b""
    if not content:
        raise NoLogoSent("a form without a file")
    if len(content) > MOST_MB * 1_000_000:
        raise LogoTooHeavy("a logo", most=MOST_MB)
    return content


def _kept() -> LabelLogo | None:
    with reading() as session:
        return queries.logo_in_use(session, enterprise_id())


def _page(*, status: int = 200, error: str = "") -> Response:
    kept = _kept()
    return page(
        "traceability/manage/logo.html",
        status=status,
        logo=kept,
        samples=_samples(kept) if kept else [],
        error=error,
        may_print=may(Act.PRINT_LABELS),
        most_mb=MOST_MB,
    )


def _samples(kept: LabelLogo) -> list[Sample]:
    from traceability.adapters.logo_samples import has_room  # noqa: PLC0415  # Heavy, as above.

    return [
        Sample(
            key,
            paper_words(key),
            has_room(key, kept.picture, base_url=site_url()),
        )
        for key in PAPERS
    ]
