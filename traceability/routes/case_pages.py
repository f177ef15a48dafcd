"""The pages of cases, alike for makers on /manage and officers on /office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.web import answer_once
from core import clock, display
from core.errors import AppError
from core.forms import Drawn, Form, Refused, blank, read, refused
from core.language import current_language
from core.pages import page
from core.work import Work, reading
from traceability import case_words as words
from traceability import queries, service
from traceability.adapters.site import site_url
from traceability.case_errors import (
    ChangedSince,
    ManyNotConfirmed,
    NothingToChange,
    OtherCaseOpen,
    OtherCaseStands,
    RangeWithoutStamp,
)
from traceability.case_forms import ConclusionForm, LiftForm, NoteForm
from traceability.models import StampCase
from traceability.queries import ListedCase
from traceability.routes import manage_words
from traceability.routes.manage_ranges import RangeRefused, typed_range
from traceability.rules import Side, may_lift
from traceability.service import CaseFile, Conclusion, Judge

A_PAGE = 20
LAST_PAGE = 10_000  # Beyond any list; a greater number would not fit the database.


@dataclass(frozen=True)
class CasePages:
    """One side's pages: under which name, in which frame, and which cases are its own."""

    side: Side
    blueprint: str
    layout: str
    photos_at: str
    find: Callable[[Session, str], StampCase]  # Raises NotFound for others' cases.
    judge: Callable[[Session, StampCase], Judge]

    def url(self, view: str, case: StampCase | None = None, **more: Any) -> str:
        """The address of a view, of a case where one is given."""
        ids: dict[str, Any] = {"public_id": case.public_id} if case else {}
        return url_for(f"{self.blueprint}.{view}", **ids, **more)

    @property
    def reports_url(self) -> str:
        """Where this side reads reports."""
        return "/manage/reports" if self.side is Side.MAKER else "/office/reports"

    @property
    def closes_reports(self) -> bool:
        """Whether a conclusion of this side closes reports: whom they are about closes none."""
        return self.side is Side.OFFICE

    def may_lift(self, case: StampCase) -> bool:
        """Whether this side may take the conclusion of a case back."""
        return case.concluded_by is not None and may_lift(self.side, Side(case.concluded_by))

    def listed(self, found: Callable[..., list[ListedCase]]) -> Response:
        """The list: open cases, or with `?state=ended` those concluded; the latest first."""
        at = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
        ended = request.args.get("state") == "ended"
        with reading() as session:
            cases = found(session, ended=ended, limit=A_PAGE + 1, after=(at - 1) * A_PAGE)
        asked = "ended" if ended else None
        more = self.url("listed", state=asked, page=at + 1) if len(cases) > A_PAGE else ""
        return self._page("list", cases=cases[:A_PAGE], ended=ended, next_url=more)

    def shown(self, public_id: str, *, may: dict[str, bool], status: int = 200) -> Response:
        """One case with its reports, its stamp's history and what was done with it."""
        return self._shown(public_id, Drawn(), may=may, status=status)

    def noted(self, public_id: str, *, may: dict[str, bool]) -> Response:
        """Add a note, or show the case again with what is wrong with it."""
        form = read(NoteForm, request.form)
        if isinstance(form, Refused):
            return self._shown(public_id, form, may=may, status=422)

        def effect(work: Work) -> str:
            case = self.find(work.session, public_id)
            service.note_on_case(work, case_id=case.id, side=self.side, words=form.words)
            return self.url("shown", case) + "#history"

        return answer_once(effect)

    def taken(self, public_id: str) -> Response:
        """Begin to look into a case."""

        def effect(work: Work) -> str:
            case = self.find(work.session, public_id)
            service.take_case(work, case_id=case.id, side=self.side)
            return self.url("shown", case)

        return answer_once(effect)

    def opened(self, report_id: int) -> Response:
        """Make a report, with the others of its stamp, a case."""

        def effect(work: Work) -> str:
            case = service.open_case(work, report_id=report_id, side=self.side)
            return self.url("shown", case)

        return answer_once(effect)

    def ask_conclusion(self, public_id: str) -> Response:
        """Ask how a case ends; its own stamp stands in the range already."""
        with reading() as session:
            case = self.find(session, public_id)
        number = display.serial(case.serial_text)
        drawn = blank(measure="suspicious" if case.serial else "none", first=number, last=number)
        return self._form("conclude", case, drawn)

    def concluded(self, public_id: str) -> Response:
        """End a case as the form says, or show the form again with what is wrong with it."""
        form = read(ConclusionForm, request.form)
        with reading() as session:
            case = self.find(session, public_id)
            if isinstance(form, Refused):
                return self._form("conclude", case, form, status=422)
            judge = self.judge(session, case)
            try:
                conclusion = _conclusion(session, case, form)
            except RangeRefused as wrong:
                return self._form("conclude", case, wrong.form(ConclusionForm), status=422)
            except (ManyNotConfirmed, RangeWithoutStamp) as refusal:
                return self._refused("conclude", case, ConclusionForm, refusal, refusal.field)

        def effect(work: Work) -> str:
            service.conclude_case(work, case_id=case.id, judge=judge, conclusion=conclusion)
            return self.url("shown", case)

        try:
            return answer_once(effect)
        except (NothingToChange, RangeWithoutStamp) as refusal:
            return self._refused("conclude", case, ConclusionForm, refusal, refusal.field)

    def paper(self, public_id: str) -> Response:
        """A case as PDF, made when it is asked for: it says how the case stands then."""
        # Heavy: a page needs none of it.
        from traceability.adapters.case_pdf import draw_paper  # noqa: PLC0415
        from traceability.case_paper import case_paper, photos_of  # noqa: PLC0415

        with reading() as session:
            case = self.find(session, public_id)
            file = service.case_file(session, case, language=current_language())
            photos = photos_of(session, file)
            index = _entry_index(session, file)
        drawn = draw_paper(
            case_paper(file, photos=photos, entry_index=index, at=clock.now(), base_url=site_url())
        )
        answer = Response(drawn, content_type="application/pdf")
        name = f"vu-viec-{case.public_id}.pdf"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def ask_lift(self, public_id: str) -> Response:
        """Ask why a conclusion is taken back."""
        with reading() as session:
            case = self.find(session, public_id)
        return self._form("lift", case, Drawn())

    def lifted(self, public_id: str) -> Response:
        """Take a conclusion back, or show the form again with what is wrong with it."""
        form = read(LiftForm, request.form)
        with reading() as session:
            case = self.find(session, public_id)
            judge = self.judge(session, case)
        if isinstance(form, Refused):
            return self._form("lift", case, form, status=422)

        def effect(work: Work) -> str:
            service.lift_case(work, case_id=case.id, judge=judge, why=form.why)
            return self.url("shown", case)

        try:
            return answer_once(effect)
        except (ChangedSince, OtherCaseOpen, OtherCaseStands) as refusal:
            return self._refused("lift", case, LiftForm, refusal, "why")

    def _shown(self, public_id: str, form: Drawn, *, may: dict[str, bool], status: int) -> Response:
        with reading() as session:
            case = self.find(session, public_id)
            file = service.case_file(session, case, language=current_language())
            entries = [
                one
                for one in queries.case_entries(session, case.id)
                if one.act != "noted" or one.side == self.side
            ]
            ours = {one.by_person_id for one in entries if one.side == self.side} - {None}
            names = accounts.person_names(session, {id_ for id_ in ours if id_ is not None})
            pictures = queries.pictures_of_reports(session, [one.id for one in file.reports])
        return self._page(
            "case",
            status=status,
            case=case,
            file=file,
            entries=entries,
            names=names,
            pictures=pictures,
            form=form,
            may=may,
            stamp_words=manage_words,
        )

    def _refused(
        self, view: str, case: StampCase, model: type[Form], refusal: AppError, at: str
    ) -> Response:
        drawn = refused(request.form, model, refusal, at=at)
        return self._form(view, case, drawn, status=422)

    def _form(self, view: str, case: StampCase, form: Drawn, *, status: int = 200) -> Response:
        return self._page(view, status=status, case=case, form=form)

    def _page(self, name: str, *, status: int = 200, **shown: Any) -> Response:
        return page(
            f"traceability/cases/{name}.html",
            status=status,
            layout=self.layout,
            pages=self,
            words=words,
            now=clock.now(),
            display=display,
            **shown,
        )


def _entry_index(session: Session, file: CaseFile) -> int | None:
    """The place of the stamp's batch in the log, once it is published."""
    if file.stamp_file is None or file.stamp_file.stamp.published_at is None:
        return None
    stamp = file.stamp_file.stamp
    entries = queries.batch_entries(session, stamp.batch_id, ordinal=stamp.ordinal)
    return next((one.index for one in entries if one.kind == "batch"), None)


def _conclusion(session: Session, case: StampCase, form: ConclusionForm) -> Conclusion:
    """What the form means. Raises: ManyNotConfirmed, RangeRefused, RangeWithoutStamp."""
    if not form.changes_stamps:
        return Conclusion(form.state, form.why)
    stamp = queries.stamp_row(session, case.serial) if case.serial is not None else None
    if stamp is None:
        raise RangeWithoutStamp(f"case {case.id}")
    batch = queries.batches_by_id(session, [stamp.batch_id])[stamp.batch_id]
    first, last = typed_range(session, batch, form)
    if last > first and not form.confirmed:
        raise ManyNotConfirmed(f"{first} to {last}", count=last - first + 1)
    return Conclusion(form.state, form.why, form.measure, first, last)
