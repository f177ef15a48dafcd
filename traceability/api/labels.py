"""`/api/v1/stamps/…/labels`: sheets of labels, drawn by a job and fetched as a file."""

from typing import BinaryIO

from apiflask import APIBlueprint
from flask import Response, request, send_file

from accounts.api.answering import answer_write
from accounts.api.guard import asks, require_scope
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own, writing
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.lists import Listed, asked_list
from core.files import files
from core.jobs import Job, jobs_by_id
from core.work import Work, reading
from traceability import queries, service
from traceability.adapters.outputs import CONTENT_TYPES, kind_of
from traceability.api.forms import LabelsBody
from traceability.api.found import batch_found, issued_batch, stamps_meant
from traceability.api.shapes import Labels
from traceability.label_errors import LabelsGone, LabelsNotDrawn
from traceability.models import LabelPrint
from traceability.models import StampBatch as Stored

bp = APIBlueprint("api_labels", __name__, tag="stamps", url_prefix=API)

FILES = tuple(CONTENT_TYPES.values())


@bp.post("/stamps/batches/<public_id:public_id>/labels")
@asks(Act.PRINT_LABELS, TokenScope.WRITE_STAMPS)
@describes(Description(body=LabelsBody, answer=Labels, status=202))
def order(public_id: str) -> Response:
    """Have labels drawn; cancelled stamps are left out. The address in Location says how far.

    Labels whose file was fetched before are drawn again for a `reason` alone (422).
    """
    card, body = issued_batch(public_id), read_body(LabelsBody)
    first, last = stamps_meant(card, body)

    def effect(work: Work) -> Answer:
        batch = work.session.get_one(Stored, card.id)
        wanted = service.order_print(
            work,
            batch,
            piece=(first, last),
            paper=body.paper,
            output=body.output,
            reprint=body.reprint,
        )
        job = jobs_by_id(work.session, [wanted.job_id])[wanted.job_id]
        told = Labels.of(wanted, batch=card.public_id, job=job)
        location = f"{API}/stamps/labels/{wanted.public_id}"
        return answer_of(told, status=202, location=location)

    return answer_write(effect)


@bp.get("/stamps/batches/<public_id:public_id>/labels")
@asks(Act.VIEW_MANAGE, TokenScope.READ_STAMPS)
@describes(Description(answer=Listed[Labels], is_list=True))
def listed(public_id: str) -> Response:
    """The files of labels of a batch: those drawn when it was issued, and all asked for since."""
    asked, card = asked_list("labels"), batch_found(public_id)
    with reading() as session:
        found = queries.label_prints_after(
            session, card.id, after=asked.after, limit=asked.limit + 1
        )
        jobs = jobs_by_id(session, [one.job_id for one in found])
    return show(
        asked.piece(
            [Labels.of(one, batch=card.public_id, job=jobs.get(one.job_id)) for one in found]
        )
    )


@bp.get("/stamps/labels/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_STAMPS)
@describes(Description(answer=Labels))
def shown(public_id: str) -> Response:
    """How far labels are drawn, and then where their file is."""
    wanted, job = _found(public_id)
    with reading() as session:
        card = queries.batches_by_id(session, [wanted.batch_id])[wanted.batch_id]
    return show(Labels.of(wanted, batch=card.public_id, job=job))


@bp.get("/stamps/labels/<public_id:public_id>/file")
@asks(Act.PRINT_LABELS, TokenScope.READ_STAMPS)
@describes(Description(media_types=FILES))
def file(public_id: str) -> Response:
    """The labels as a file, kept for a month; 409 until they are drawn, 410 afterwards.

    An SVG of several pages is a ZIP of them. From the first time on its labels count as printed;
    409 where another file with some of them left meanwhile, or a print code is out for it. Of a
    batch with scratch codes the file holds them: the token needs `stamps:write` (403).
    """
    wanted, job = _found(public_id)
    with reading() as session:
        if queries.sealed_scratch_secret(session, wanted.batch_id) is not None:
            require_scope(TokenScope.WRITE_STAMPS)
    if job is None:
        raise LabelsGone(f"label print {wanted.id}")
    if job.state != "done":
        raise LabelsNotDrawn(f"label print {wanted.id}")
    assert job.result is not None, "a job that drew a file says where it is"
    assert job.finished_at is not None, "and when it was done"
    try:
        stream = files().reading(job.result["file"])
    except FileNotFoundError:
        raise LabelsGone(f"label print {wanted.id}") from None
    _hand_out(wanted, stream)
    suffix, content_type = kind_of(job.result["file"])
    name = f"tem-{wanted.public_id}.{suffix}"
    answer = send_file(stream, content_type, as_attachment=True, download_name=name)
    # Drawn again after a failure it may leave out what was cancelled meanwhile.
    answer.set_etag(f"{wanted.public_id}-{int(job.finished_at.timestamp())}")
    answer.headers["Cache-Control"] = "no-store"
    answer.make_conditional(request)
    return answer


def _hand_out(wanted: LabelPrint, stream: BinaryIO) -> None:
    if request.method == "HEAD":  # Who looks before fetching takes nothing away.
        return
    try:
        with writing() as work:
            service.hand_out(work, label_print_id=wanted.id)
    except BaseException:
        stream.close()
        raise


def _found(public_id: str) -> tuple[LabelPrint, Job | None]:
    with reading() as session:
        wanted = own(queries.label_print_of(session, public_id))
        return wanted, jobs_by_id(session, [wanted.job_id]).get(wanted.job_id)
