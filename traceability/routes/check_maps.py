"""`/manage/stamps/map` and `/office/checks`: where and when stamps were checked, weakly known."""

import csv
from collections.abc import Sequence
from datetime import timedelta
from io import StringIO
from typing import Any

from apiflask import APIBlueprint
from flask import Response, make_response
from sqlalchemy import SelectBase

from accounts import queries as accounts
from accounts.rules import Act
from accounts.web import enterprise_id, may, requires, signed_in
from core import clock, display
from core.clock import beginning_of
from core.pages import page
from core.places import communes, provinces
from core.work import reading
from traceability import queries, rules
from traceability.queries import Enterprises
from traceability.rules import Day, Told

bp = APIBlueprint("check_maps", __name__, enable_openapi=False)


@bp.get("/manage/stamps/map")
@requires(Act.VIEW_MANAGE)
def of_maker() -> Response:
    """Checks of the maker's own stamps."""
    shown = _shown([enterprise_id()])
    return page("traceability/manage/map.html", may_read_reports=may(Act.READ_REPORTS), **shown)


@bp.get("/manage/stamps/map.csv")
@requires(Act.VIEW_MANAGE)
def sheet_of_maker() -> Response:
    """The same as CSV (RFC 4180): checks and alarms by day, places by commune."""
    return _sheet(_shown([enterprise_id()]))


@bp.get("/office/checks")
@requires(Act.HANDLE_REPORTS)
def of_area() -> Response:
    """Checks of all stamps of the officer's areas together: no maker and no serial is told."""
    return page("traceability/office/map.html", **_shown(_area()))


@bp.get("/office/checks.csv")
@requires(Act.HANDLE_REPORTS)
def sheet_of_area() -> Response:
    """The same as CSV."""
    return _sheet(_shown(_area()))


def _area() -> SelectBase:
    """The enterprises of all the officer's offices, each once."""
    first, *others = (accounts.enterprise_ids_in(office) for office in signed_in().offices)
    return first.union(*others)


def _shown(enterprises: Enterprises) -> dict[str, Any]:
    today = clock.today()
    since = today - timedelta(days=rules.MAP_DAYS - 1)
    begins_at = beginning_of(since)
    with reading() as session:
        checks = queries.check_days(session, enterprises, since=since)
        alarms = queries.alarm_days(session, enterprises, since=begins_at)
        found = queries.named_places(session, enterprises, since=begins_at)
    named = [code for code in found if code in communes()]
    days = rules.days_until(today, checks, alarms)
    return {
        "days": days,
        "most": max(day.checks for day in days),
        "checks": sum(day.checks for day in days),
        "alarms": sum(day.alarms for day in days),
        "squares": _squares(rules.told_places(communes()[code].province_code for code in named)),
        "shades": _shades(named),
        "islands": rules.ISLAND_SQUARES,
        "places": _places(named),
        "fewest": rules.FEWEST_SHOWN,
        "many": rules.MANY_NAMED,
        "span": rules.MAP_DAYS,
        "display": display,
    }


def _squares(told: dict[str, Told]) -> list[tuple[int, int, list[str], Told]]:
    """Column, row, name in two lines, and what is told of each province."""
    return [
        (column, row, _two_lines(provinces()[code].name), told.get(code, Told(0)))
        for code, (column, row) in rules.PROVINCE_SQUARES.items()
    ]


def _shades(named: Sequence[str]) -> list[tuple[str, list[str]]]:
    """By shade, the provinces drawn so. No number: with it a hidden commune could be worked out."""
    told = rules.told_places(communes()[code].province_code for code in named)
    return [
        (shade, [provinces()[code].name for code, each in told.items() if each.shade == shade])
        for shade in ("many", "some", "few")
    ]


def _two_lines(name: str) -> list[str]:
    words = name.replace("Thành phố Hồ Chí Minh", "TP. HCM").split()
    return [words[0], " ".join(words[1:])]


def _places(named: Sequence[str]) -> list[tuple[str, str, Told]]:
    """Commune, province and what is told of each place that was named."""
    return [
        (communes()[code].name, provinces()[communes()[code].province_code].name, told)
        for code, told in rules.told_places(named).items()
    ]


def _sheet(shown: dict[str, Any]) -> Response:
    content = StringIO()
    writer = csv.writer(content)
    writer.writerow(("kind", "day", "province", "commune", "count"))
    days: list[Day] = shown["days"]
    for day in days:
        writer.writerow(("checks", day.on.isoformat(), "", "", day.checks))
        if day.alarms:
            writer.writerow(("alarms", day.on.isoformat(), "", "", day.alarms))
    for commune, province, told in shown["places"]:
        count = f"<{rules.FEWEST_SHOWN}" if told.count is None else told.count
        writer.writerow(("named", "", province, commune, count))
    answer = make_response(content.getvalue())
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = "attachment; filename=goc-checks.csv"
    answer.headers["Cache-Control"] = "no-store"
    return answer
