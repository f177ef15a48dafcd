"""Labels: which stamps go on a PDF, and the job that draws it."""

from accounts.queries import makers
from core.jobs import enqueue
from core.work import Work
from traceability.adapters.outputs import DEFAULT_OUTPUT, FILE_FORMATS, MOST_LABELS, Output
from traceability.adapters.preflight import check_labels
from traceability.adapters.site import site_url
from traceability.errors import RangeBackwards
from traceability.label_errors import NothingToPrint, TooManyLabels
from traceability.log_place import log_place
from traceability.logo_errors import NoLogoKept
from traceability.models import LabelPrint, StampBatch
from traceability.queries import living_stamping_keys, ranges_of
from traceability.service.logos import held_logo
from traceability.signature_errors import NoStampingKey, NotSignedInPractice

DRAWING = "draw_labels"  # The kind of job that makes a file of labels.


def order_labels(
    work: Work,
    batch: StampBatch,
    *,
    first: int,
    last: int,
    paper: str,
    output: Output = DEFAULT_OUTPUT,
) -> LabelPrint:
    """Have the labels of ordinals `first` to `last` drawn; cancelled stamps are left out.

    Raises:
        RangeBackwards: `last` stands before `first`.
        TooManyLabels: more than one file holds.
        NothingToPrint: all of them are cancelled.
        NotForThisPaper, LabelTooSmall, CodeTooFine, TooSmallForSignature: see `require_printable`.
        NoStampingKey, NotSignedInPractice: see `require_signable`.
        NoLogoKept, NoRoomForLogo: see `require_logo`.
    """
    if first > last:
        raise RangeBackwards(f"{first} to {last}")
    most = FILE_FORMATS[output.file_format].most_labels
    if last - first + 1 > most:
        raise TooManyLabels(f"{last - first + 1} labels", most=most)
    require_printable(paper, output, gtin=batch.gtin, has_scratch=bool(batch.scratch_secret))
    require_signable(work, output, enterprise_id=batch.enterprise_id)
    require_logo(work, batch, paper, output, has_scratch=bool(batch.scratch_secret))
    parts = [
        each
        for each in ranges_of(work.session, batch.id)
        if each.state != "void" and each.first <= last and each.last >= first
    ]
    if not parts:
        raise NothingToPrint(f"batch {batch.id}, {first} to {last}")
    return _order(work, batch, (first, last), paper, output)


def require_printable(
    paper: str, output: Output = DEFAULT_OUTPUT, *, gtin: str | None, has_scratch: bool = False
) -> None:
    """Refuse what no phone could read, before anything is made.

    Raises:
        NotForThisPaper: commands of a label printer for a sheet.
        LabelTooSmall: the refusal names the smallest paper that has room.
        CodeTooFine: the site's address is too long for every paper of this kind.
        NoRoomForScratch: its labels are too small for a number under a scratch layer.
        TooSmallForSignature: the refusal names the papers that have room.
    """
    check_labels(paper, output, base_url=site_url(), gtin14=gtin, has_scratch=has_scratch)


def require_signable(work: Work, output: Output, *, enterprise_id: int) -> None:
    """Refuse signed labels that nothing here would sign.

    Raises:
        NotSignedInPractice: what a learner prints was issued by nobody.
        NoStampingKey: no key signs stamps, and none is drawn by itself.
    """
    if not output.signed:
        return
    if makers(work.session, [enterprise_id])[enterprise_id].is_practice:
        raise NotSignedInPractice(f"enterprise {enterprise_id}")
    if not log_place().draws_key and not living_stamping_keys(work.session):
        raise NoStampingKey("no living key")


def require_logo(
    work: Work, batch: StampBatch, paper: str, output: Output, *, has_scratch: bool
) -> None:
    """Refuse labels with a logo that is not there, or that has no room beside the code.

    Raises:
        NoLogoKept: the maker has given none.
        NoRoomForLogo: code and words leave too little.
    """
    if not output.has_logo:
        return
    # Heavy: who prints no logo pays nothing for it.
    from traceability.adapters.label_plan import plan_labels  # noqa: PLC0415
    from traceability.adapters.logo_pictures import grey_of  # noqa: PLC0415
    from traceability.adapters.logo_room import sample_batch  # noqa: PLC0415

    kept = held_logo(work, enterprise_id=batch.enterprise_id)
    if kept is None:
        raise NoLogoKept(f"enterprise {batch.enterprise_id}")
    sample = sample_batch(
        base_url=site_url(),
        gtin14=batch.gtin,
        logo=grey_of(kept.picture),
        signed=output.signed,
        has_scratch=has_scratch,
    )
    plan_labels(sample, paper, output)


def order_all_labels(
    work: Work, batch: StampBatch, *, paper: str, output: Output = DEFAULT_OUTPUT
) -> None:
    """Have the labels of a whole new batch drawn, a file for each MOST_LABELS."""
    for first in range(1, batch.count + 1, MOST_LABELS):
        last = min(batch.count, first + MOST_LABELS - 1)
        _order(work, batch, (first, last), paper, output)


def order_batch_labels(
    work: Work, *, batch_id: int, paper: str, output: Output = DEFAULT_OUTPUT
) -> None:
    """Have the labels of a batch drawn that a job has just finished."""
    batch = work.session.get_one(StampBatch, batch_id)
    order_all_labels(work, batch, paper=paper, output=output)


def note_counted(work: Work, *, label_print_id: int, counted: int) -> None:
    """Keep how many labels a finished file was found to have."""
    row = work.session.get_one(LabelPrint, label_print_id)
    row.counted = counted


def _order(
    work: Work, batch: StampBatch, ordinals: tuple[int, int], paper: str, output: Output
) -> LabelPrint:
    first, last = ordinals
    public_id = work.new_public_id()
    arguments = {"label_print": public_id}
    # Of a large batch it may be gone by now: labels without it are better than none.
    logo = held_logo(work, enterprise_id=batch.enterprise_id) if output.has_logo else None
    job = enqueue(work, kind=DRAWING, arguments=arguments, total=last - first + 1)
    row = LabelPrint(
        public_id=public_id,
        batch_id=batch.id,
        enterprise_id=batch.enterprise_id,
        first=first,
        last=last,
        paper=paper,
        file_format=output.file_format,
        dpi=output.dpi,
        signed=output.signed,
        logo_id=logo.id if logo else None,
        job_id=job.id,
        asked_at=work.now,
        by_person_id=work.by.person_id,
    )
    work.session.add(row)
    work.session.flush()
    return row
