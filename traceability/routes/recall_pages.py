"""The pages of recalling a lot, alike for makers on /manage and officers on /office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from accounts.queries import makers
from accounts.web import answer_once
from catalog import queries as catalog
from catalog.queries import ManagedLot
from core import display
from core.errors import Changed
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.work import Work, reading
from traceability import queries, service
from traceability import recall_words as words
from traceability.recall_errors import RecallOver, UntilPast
from traceability.recall_forms import LiftRecallForm, OfficeRecallForm, RecallForm
from traceability.rules import Side
from traceability.rules.recalls import Advice, may_lift_recall
from traceability.service import Judge, Lift


@dataclass(frozen=True)
class RecallPages:
    """One side's pages: under which name, in which frame, and which lots are its own."""

    side: Side
    blueprint: str
    layout: str
    find: Callable[[Session, str], ManagedLot]  # Raises NotFound for others' lots.
    judge: Callable[[Session, ManagedLot], Judge]

    @property
    def form(self) -> type[RecallForm]:
        """What is asked: officers name whose decision it is."""
        return RecallForm if self.side is Side.MAKER else OfficeRecallForm

    def url(self, view: str, lot: ManagedLot) -> str:
        """The address of a view of a lot."""
        return url_for(f"{self.blueprint}.{view}", public_id=lot.public_id)

    def shown(self, public_id: str) -> Response:
        """What is said of a lot's recall; of a lot that is not recalled, the form to do so."""
        with reading() as session:
            lot = self.find(session, public_id)
            if queries.open_recall(session, lot.id) is None:
                known = {"advice": Advice.KEEP, "version": lot.version}
                return self._form(session, lot, blank(**known))
            return self._page(session, lot, "shown")

    def done(self, public_id: str) -> Response:
        """Say what calling the lot back will do; do it once the person has confirmed."""
        form = read(self.form, request.form)
        with reading() as session:
            lot = self.find(session, public_id)
            judge = self.judge(session, lot)
            if isinstance(form, Refused):
                return self._form(session, lot, form, status=422)
            if not form.confirmed:
                return self._page(session, lot, "confirm", form=form)

        def effect(work: Work) -> str:
            service.recall_lot(
                work, lot_id=lot.id, version=form.version, judge=judge, notice=form.notice
            )
            return self.url("shown", lot)

        try:
            return answer_once(effect)
        except UntilPast as refusal:
            drawn = refused(request.form, self.form, refusal, at=refusal.field)
        except Changed as refusal:  # Sent again, the form goes by how the lot is now.
            drawn = refused(request.form, self.form, refusal, at="version")
        return self._again(public_id, drawn)

    def ask_lift(self, public_id: str) -> Response:
        """Ask why a recall ends."""
        with reading() as session:
            lot = self.find(session, public_id)
            return self._page(session, lot, "lift", form=Drawn())

    def lifted(self, public_id: str) -> Response:
        """End a recall, or show the form again with what is wrong with it."""
        form = read(LiftRecallForm, request.form)
        with reading() as session:
            lot = self.find(session, public_id)
            judge, recall = self.judge(session, lot), queries.open_recall(session, lot.id)
            if isinstance(form, Refused):
                return self._page(session, lot, "lift", form=form, status=422)

        def effect(work: Work) -> str:
            if recall is None or recall.public_id != form.recall:
                raise RecallOver(f"lot {lot.id}")
            lift = Lift(form.because, form.why)
            service.lift_recall(work, recall_id=recall.id, judge=judge, lift=lift)
            return self.url("shown", lot)

        return answer_once(effect)

    def _again(self, public_id: str, form: Drawn) -> Response:
        """The form as typed, over the lot as it is now."""
        with reading() as session:
            lot = self.find(session, public_id)
            fresh = Drawn({**form.values, "version": str(lot.version)}, form.errors)
            status = Changed.status if form.error("version") else 422
            return self._form(session, lot, fresh, status=status)

    def _form(
        self, session: Session, lot: ManagedLot, form: Drawn, *, status: int = 200
    ) -> Response:
        return self._page(session, lot, "ask", form=form, status=status)

    def _page(
        self, session: Session, lot: ManagedLot, name: str, *, status: int = 200, **shown: Any
    ) -> Response:
        past = queries.recalls_of_lots(session, [lot.id]).get(lot.id, [])
        recall = next((one for one in past if one.lifted_at is None), None)
        role = self.judge(session, lot).role
        return page(
            f"traceability/recalls/{name}.html",
            status=status,
            layout=self.layout,
            pages=self,
            lot=lot,
            maker=makers(session, [lot.enterprise_id])[lot.enterprise_id],
            counts=queries.lot_stamps(session, [lot.id])[lot.id],
            recall=recall,
            may_lift=recall is not None and may_lift_recall(role, recall.by_role),
            ended=[one for one in past if one.lifted_at is not None],
            words=words,
            display=display,
            **shown,
        )


def found_lot(session: Session, public_id: str) -> ManagedLot | None:
    """The lot with this id, as a path names it."""
    return catalog.managed_lot(session, public_id.strip().upper())
