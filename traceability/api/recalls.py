"""`/api/v1/lots/…/recall`: a lot called back, what is said of that, and its end."""

from datetime import date
from typing import Annotated, Any, Self

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own
from catalog import queries as catalog
from catalog.queries import ManagedLot
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.work import Work, reading
from traceability import queries, service
from traceability.models import LotRecall
from traceability.recall_errors import RecallOver
from traceability.recall_forms import LiftRecallForm, RecallBody
from traceability.rules import Side
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, LiftReason, RecallReason, Remedy
from traceability.service import Judge, Lift

bp = APIBlueprint("api_recalls", __name__, tag="lots", url_prefix=API)

_OURS = Judge(Side.MAKER, MAKER)
_MOMENT: dict[str, Any] = {"format": "date-time"}


class Recall(BaseModel):
    """A lot called back: by whom, why, and what whoever has the goods should do."""

    public_id: str
    lot: str
    by: Side = Field(description="whose recall it is; an office's is not for its maker to lift")
    authority: str = Field(description="of an office's: whose decision it is")
    reason: RecallReason
    words: str
    advice: Advice
    remedy: Remedy | None
    phone: str
    until_on: date | None
    recalled_at: Annotated[str, Field(json_schema_extra=_MOMENT)]
    lifted_at: str | None = Field(json_schema_extra=_MOMENT)
    lifted_because: LiftReason | None

    @classmethod
    def of(cls, recall: LotRecall, lot: ManagedLot) -> Self:
        """The recall as it is stored."""
        lifted_at, because = recall.lifted_at, recall.lifted_because
        return cls(
            public_id=recall.public_id,
            lot=lot.public_id,
            by=Side(recall.by_side),
            authority=recall.authority,
            reason=RecallReason(recall.reason),
            words=recall.words,
            advice=Advice(recall.advice),
            remedy=Remedy(recall.remedy) if recall.remedy else None,
            phone=recall.phone,
            until_on=recall.until_on,
            recalled_at=recall.recalled_at.isoformat(timespec="seconds"),
            lifted_at=lifted_at.isoformat(timespec="seconds") if lifted_at else None,
            lifted_because=LiftReason(because) if because else None,
        )


class RecallOfLot(BaseModel):
    """Whether a lot is being recalled."""

    recall: Recall | None


@bp.get("/lots/<public_id:public_id>/recall")
@asks(Act.VIEW_MANAGE, TokenScope.READ_LOTS)
@describes(Description(answer=RecallOfLot))
def shown(public_id: str) -> Response:
    """What is said of the lot's recall; null while it is not being recalled."""
    with reading() as session:
        lot = _own_lot(session, public_id)
        recall = queries.open_recall(session, lot.id)
        return show(RecallOfLot(recall=Recall.of(recall, lot) if recall else None))


@bp.post("/lots/<public_id:public_id>/recall")
@asks(Act.RECALL_LOT, TokenScope.WRITE_LOTS)
@describes(Description(body=RecallBody, answer=Recall, status=201))
def recall(public_id: str) -> Response:
    """Call the lot back: every stamp of it says so at once, and none is issued or stuck on more."""
    with reading() as session:
        lot = _own_lot(session, public_id)
    body = read_body(RecallBody)

    def effect(work: Work) -> Answer:
        done = service.recall_lot(
            work, lot_id=lot.id, version=body.version, judge=_OURS, notice=body.notice
        )
        location = f"{API}/lots/{lot.public_id}/recall"
        return answer_of(Recall.of(done, lot), status=201, location=location)

    return answer_write(effect)


@bp.post("/lots/<public_id:public_id>/recall/lift")
@asks(Act.RECALL_LOT, TokenScope.WRITE_LOTS)
@describes(Description(body=LiftRecallForm, answer=Recall))
def lift(public_id: str) -> Response:
    """End the recall; an office's stands until an officer lifts it (403)."""
    with reading() as session:
        lot = _own_lot(session, public_id)
    body = read_body(LiftRecallForm)

    def effect(work: Work) -> Answer:
        going_on = queries.open_recall(work.session, lot.id)
        if going_on is None or going_on.public_id != body.recall:
            raise RecallOver(f"lot {lot.id}")
        ended = service.lift_recall(
            work, recall_id=going_on.id, judge=_OURS, lift=Lift(body.because, body.why)
        )
        return answer_of(Recall.of(ended, lot))

    return answer_write(effect)


def _own_lot(session: Session, public_id: str) -> ManagedLot:
    return own(catalog.managed_lot(session, public_id))
