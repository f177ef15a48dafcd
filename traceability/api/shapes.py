"""Stamps as the API tells them: numbers begin at 1, both ends of a range belong to it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from core.api.answers import API
from core.jobs import Job
from core.language import gettext
from traceability.models import LabelPrint
from traceability.queries import ActCard, BatchCard, PlacedStamp, RangeCard
from traceability.rules import ReprintReason, StampState, VoidReason

MOST_RANGES = 1_000  # In one answer; a batch has a handful unless stamps are cancelled one by one.


class Progress(BaseModel):
    """How far a piece of long work is."""

    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done: int
    total: int
    detail: str = Field(description="why it failed, for people; empty unless that is known")

    @classmethod
    def of(cls, job: Job) -> Self:
        """The progress of a job as it is stored."""
        result = job.result if job.state == "failed" and job.result else {}
        refused: str = result.get("refused", "")
        said = gettext(refused, **result["values"]) if refused else ""
        told = {"state": job.state, "done": job.progress_done, "total": job.progress_total}
        return cls.model_validate({**told, "detail": said})


class StampCounts(BaseModel):
    """How many stamps are in which state: none in any until the batch is `issued`."""

    printed: int = 0
    active: int = 0
    doubted: int = Field(default=0, description="stuck on, and a confirmed case says: copied")
    void: int = 0


class StampRange(BaseModel):
    """Stamps of a batch that share a state."""

    first: int
    last: int
    state: StampState
    lot: str | None = Field(description="whose stamps they are; null: a roll's, bound to none")
    from_at: datetime
    reason: VoidReason | None = Field(description="why they were cancelled")


class StampBatch(BaseModel):
    """Stamps issued together: the numbers 1 to `count`."""

    public_id: str
    lot: str | None = Field(description="what they were issued for; null: a roll, of no lot yet")
    count: int
    state: Literal["preparing", "issued", "discarded"]
    gtin: str | None = Field(description="what the addresses of its stamps carry")
    scratch: bool = Field(description="whether its labels have numbers under scratch layers")
    issued_at: datetime
    stamps: StampCounts
    job: Progress = Field(description="how far the making of the stamps is")

    @classmethod
    def of(cls, card: BatchCard, *, lot: str | None, job: Job | None, **more: Any) -> Self:
        """The batch as it is stored."""
        facts = {
            "public_id": card.public_id,
            "lot": lot,
            "count": card.count,
            "state": card.state,
            "gtin": card.gtin,
            "scratch": card.has_scratch,
            "issued_at": card.issued_at,
            "stamps": card.by_state,
            "job": _making(card, job),
        }
        return cls.model_validate({**facts, **more})


class WholeStampBatch(StampBatch):
    """A batch with its ranges, ascending."""

    ranges: list[StampRange] = Field(description=f"at most {MOST_RANGES}")
    next_range: int | None = Field(description="`ranges_from` of what follows; null at the end")

    @classmethod
    def whole(
        cls,
        card: BatchCard,
        *,
        lots: Mapping[int, str],
        job: Job | None,
        ranges: Sequence[RangeCard],
        ranges_from: int = 1,
    ) -> Self:
        """The batch with the ranges from the stamp `ranges_from` on; `lots` are public ids."""
        asked = [each for each in ranges if each.last >= ranges_from]
        shown, rest = asked[:MOST_RANGES], asked[MOST_RANGES:]
        told = [{**asdict(each), "lot": lots.get(each.lot_id or 0)} for each in shown]
        goes_on = rest[0].first if rest else None
        lot = lots.get(card.lot_id or 0)
        return cls.of(card, lot=lot, job=job, ranges=told, next_range=goes_on)


class Stamp(BaseModel):
    """One stamp: what its square code says is `url`."""

    number: int = Field(description="in its batch, from 1")
    serial: str
    url: str
    state: StampState


class Stamps(BaseModel):
    """A piece of a batch's stamps, ascending."""

    items: list[Stamp]
    next: int | None = Field(description="`first` of the piece after it; null at the end")


class StampAct(BaseModel):
    """What was done to stamps of a batch."""

    public_id: str
    batch: str
    act: str = Field(description="activate, bind, move, void or undo")
    lot: str | None = Field(description="whose stamps they were then; null: a roll's, of no lot")
    from_lot: str | None = Field(description="of a move: whose they were before")
    first: int
    last: int
    reason: VoidReason | None
    at: datetime
    is_undone: bool

    @classmethod
    def of(cls, card: ActCard, *, batch: str, lots: Mapping[int, str]) -> Self:
        """The act as it is stored; `lots` are public ids."""
        return cls.model_validate(
            {
                "public_id": card.public_id,
                "batch": batch,
                "act": card.act,
                "lot": lots.get(card.lot_id or 0),
                "from_lot": lots.get(card.from_lot_id or 0),
                "first": card.first,
                "last": card.last,
                "reason": card.reason,
                "at": card.at,
                "is_undone": card.is_undone,
            }
        )


class AskedRange(BaseModel):
    """Stamps of a batch that are to be reported as stuck on a lot."""

    batch: str
    lot: str
    first: int
    last: int


class ActivationAsking(BaseModel):
    """A report that waits for a second member: nothing is active by it."""

    public_id: str
    state: Literal["open", "confirmed", "refused", "withdrawn", "expired", "overtaken"]
    asked_at: datetime
    expires_at: datetime
    act: str | None = Field(description="what was done, once it is confirmed")
    ranges: list[AskedRange]


class Labels(BaseModel):
    """A file of labels to print."""

    public_id: str
    batch: str
    first: int
    last: int
    paper: str
    file_format: str = Field(description="pdf, svg, zpl or png")
    dpi: int = Field(description="dots an inch of the label printer it is for")
    signed: bool = Field(description="the codes carry signatures of their own")
    logo: bool = Field(description="they bear the maker's logo")
    reprint_reason: ReprintReason | None = Field(description="why they were printed again")
    reprint_words: str
    fetched_at: datetime | None = Field(description="when the file left for the first time")
    asked_at: datetime
    job: Progress | None = Field(description="the sheets drawn; null: the file is kept no longer")
    file: str | None = Field(description="where it is fetched, once it is drawn")

    @classmethod
    def of(cls, wanted: LabelPrint, *, batch: str, job: Job | None) -> Self:
        """The labels as they were asked for, and how far they are drawn."""
        is_drawn = job is not None and job.state == "done"
        return cls(
            public_id=wanted.public_id,
            batch=batch,
            first=wanted.first,
            last=wanted.last,
            paper=wanted.paper,
            file_format=wanted.file_format,
            dpi=wanted.dpi,
            signed=wanted.signed,
            logo=wanted.logo_id is not None,
            reprint_reason=ReprintReason(wanted.reprint_reason) if wanted.reprint_reason else None,
            reprint_words=wanted.reprint_words,
            fetched_at=wanted.fetched_at,
            asked_at=wanted.asked_at,
            job=Progress.of(job) if job else None,
            file=f"{API}/stamps/labels/{wanted.public_id}/file" if is_drawn else None,
        )


def stamp_of(placed: PlacedStamp, *, serial: str, url: str) -> Stamp:
    """A stamp at its place in the batch."""
    return Stamp(number=placed.ordinal, serial=serial, url=url, state=StampState(placed.state))


def _making(card: BatchCard, job: Job | None) -> Progress:
    """Small batches are made at once, by no job; the row of an old job is not kept."""
    if job is not None:
        return Progress.of(job)
    is_made = card.state == "issued"
    state = {"issued": "done", "preparing": "running", "discarded": "cancelled"}[card.state]
    facts = {"state": state, "done": card.count if is_made else 0, "total": card.count}
    return Progress.model_validate({**facts, "detail": ""})
