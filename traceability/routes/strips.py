"""A strip to print before the stamps, and the page its codes lead to."""

from io import BytesIO

from apiflask import APIBlueprint
from flask import Response, request, send_file

from accounts.rules import Act
from accounts.web import own, requires
from core.forms import Refused, read
from core.pages import page
from core.work import reading
from traceability import queries
from traceability.adapters.outputs import CONTENT_TYPES, Output
from traceability.adapters.site import site_url
from traceability.forms import StripForm
from traceability.web import own_lot

bp = APIBlueprint("strips", __name__, enable_openapi=False)


@bp.get("/TEST/<text>")
@bp.get("/test/<text>")
def code(text: str) -> Response:  # noqa: ARG001  # As long as a stamp's address; says nothing.
    """What a code of a strip is: no stamp."""
    return page("traceability/test_code.html")


@bp.post("/manage/stamps/test-strip")
@requires(Act.PRINT_LABELS)
def for_new_stamps() -> Response:
    """The strip for a paper just chosen; with a lot its codes are as long as its stamps'."""
    form = _form()
    has_gtin = True  # The longer address: what is read of it is read of the shorter.
    if form.lot:
        with reading() as session:
            has_gtin = own_lot(session, form.lot).gtin is not None
    return strip_answer(form.paper, form.output, has_gtin=has_gtin)


@bp.post("/manage/stamps/<public_id:public_id>/test-strip")
@requires(Act.PRINT_LABELS)
def for_batch(public_id: str) -> Response:
    """The strip for a paper just chosen, its codes as long as those of the batch."""
    with reading() as session:
        batch = own(queries.batch_of(session, public_id))
    form = _form()
    return strip_answer(form.paper, form.output, has_gtin=batch.gtin is not None)


def strip_answer(paper: str, output: Output, *, has_gtin: bool) -> Response:
    """The file of a strip.

    Raises:
        NotForThisPaper: commands of a label printer for a sheet.
    """
    # Heavy: who never prints a strip pays nothing for it.
    from traceability.adapters.strip_files import strip_file  # noqa: PLC0415
    from traceability.adapters.strip_plan import plan_strip, strip_address  # noqa: PLC0415

    address = strip_address(site_url(), has_gtin=has_gtin, signed=output.signed)
    suffix, content = strip_file(plan_strip(paper, output, address), output.file_format)
    answer = send_file(
        BytesIO(content),
        CONTENT_TYPES[suffix],
        as_attachment=True,
        download_name=f"to-in-thu-{paper}.{suffix}",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form() -> StripForm:
    form = read(StripForm, request.form)
    return StripForm() if isinstance(form, Refused) else form
