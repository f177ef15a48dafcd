"""The month's report: one page to print, a sheet, a text for a chat; the targets of the area."""

from io import BytesIO

from apiflask import APIBlueprint
from flask import Response, request, send_file
from flask_babel import gettext

from accounts import queries
from accounts.care_forms import TargetsForm
from accounts.rules import Act, Office
from accounts.service import set_targets
from accounts.web import answer_once, may, requires, signed_in
from app.caring import month_sheet
from app.caring.month import FIRST_MONTH, asked_month, report_of
from app.caring.month_lines import TARGETED
from catalog.sheets import FORMATS, write_table
from core import clock, display
from core.errors import NotFound
from core.figures import Span, month_of
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.pages import page
from core.paging import address
from core.places import commune_name, province_name
from core.work import Work, reading

bp = APIBlueprint("office_month", __name__, enable_openapi=False)


@bp.get("/office/month")
@requires(Act.VIEW_OFFICE)
def shown() -> Response:
    """The report of a month, of one of the officer's areas."""
    office, span, now = _office(request.args.get("area")), _span(), clock.now()
    with reading() as session:
        report = report_of(session, queries.area_of(office), span, now=now)
    locale, place = current_language(), _place(office)
    return page(
        "app/caring/month.html",
        report=report,
        place=place,
        month=month_sheet.month_words(span.first_on),
        counted=display.moment_day(report.counted_at, locale),
        is_over=span.last_on < clock.day_of(now),
        areas=[(_code(each), _place(each)) for each in signed_in().offices],
        area=_code(office),
        earlier=_url(office, span.before) if span.first_on > FIRST_MONTH else "",
        later=_later(office, span),
        sheet=_url(office, span, "/office/month/sheet"),
        targets=address("/office/month/targets", _pairs(office, span)),
        may_set=may(Act.CARE_FOR_MAKERS),
        text=month_sheet.chat_text(report, place),
        bars=month_sheet.bars(report.alone),
        count=lambda value: display.number(value, locale),
    )


@bp.get("/office/month/sheet")
@requires(Act.VIEW_OFFICE)
def sheet() -> Response:
    """The report as a workbook, or with `?format=csv` as text."""
    office, span = _office(request.args.get("area")), _span()
    kind = "csv" if request.args.get("format") == "csv" else "xlsx"
    with reading() as session:
        report = report_of(session, queries.area_of(office), span, now=clock.now())
    target = BytesIO()  # Some twenty lines.
    write_table(target, month_sheet.heading(), month_sheet.rows(report, _place(office)), kind=kind)
    target.seek(0)
    name = f"goc-bao-cao-{_code(office) or 'ca-nuoc'}-{span.first_on:%Y-%m}.{kind}"
    response = send_file(target, FORMATS[kind], as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/office/month/targets")
@requires(Act.CARE_FOR_MAKERS)
def targets() -> Response:
    """What the area wants to reach this year."""
    office, span = _office(request.args.get("area")), _span()
    year = span.first_on.year
    with reading() as session:
        known = queries.targets_of(session, _code(office), year)
    return _draw_targets(office, blank(area=_code(office), year=year, **known), year)


@bp.post("/office/month/targets")
@requires(Act.CARE_FOR_MAKERS)
def save_targets() -> Response:
    """Keep the targets; an empty field takes one away."""
    form = read(TargetsForm, request.form)
    if isinstance(form, Refused):
        office = _office(None)
        return _draw_targets(office, form, clock.today().year, status=422)
    office, wanted = _office(form.area), form.by_figure

    def effect(work: Work) -> str:
        set_targets(work, area=_code(office), year=form.year, targets=wanted)
        return address("/office/month", [("area", _code(office))])

    return answer_once(effect)


def _office(code: str | None) -> Office:
    """The one of the officer's areas with this code; without a code the first.

    Raises:
        NotFound: it is none of theirs.
    """
    offices = signed_in().offices
    if code is None:
        return offices[0]
    for each in offices:
        if _code(each) == code:
            return each
    raise NotFound("no area of this officer")


def _code(office: Office) -> str:
    return queries.area_of(office).code


def _place(office: Office) -> str:
    names = (commune_name(office.commune_code), province_name(office.province_code))
    return ", ".join(name for name in names if name) or str(gettext("cả nước"))


def _span() -> Span:
    return asked_month(request.args.get("month", ""), today=clock.today())


def _later(office: Office, span: Span) -> str:
    """The way to the next month; none to one that has not begun."""
    after = month_of(clock.day_of(span.ends_at))
    return _url(office, after) if after.first_on <= clock.today() else ""


def _url(office: Office, span: Span, path: str = "/office/month") -> str:
    return address(path, [("month", f"{span.first_on:%Y-%m}"), *_pairs(office, None)])


def _pairs(office: Office, span: Span | None) -> list[tuple[str, str]]:
    month = [("month", f"{span.first_on:%Y-%m}")] if span else []
    return [*month, ("area", _code(office))]


def _draw_targets(office: Office, form: Drawn, year: int, *, status: int = 200) -> Response:
    return page(
        "app/caring/targets.html",
        status=status,
        place=_place(office),
        area=_code(office),
        year=form.value("year") or year,
        form=form,
        kinds=[(kind.name, gettext(kind.words)) for kind in TARGETED],
    )
