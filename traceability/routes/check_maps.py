"""`/manage/stamps/map` and `/office/checks`: where and when stamps were checked, weakly known."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import Any

from apiflask import APIBlueprint
from flask import Response, make_response, request
from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Act
from accounts.web import enterprise_id, may, own, requires, signed_in
from catalog import queries as catalog
from catalog.queries import ManagedLot
from core import clock, display
from core.clock import beginning_of
from core.language import gettext as _
from core.pages import page
from core.places import Province, communes, provinces
from core.work import reading
from traceability import queries, rules
from traceability.queries import Ids, MappedStamps
from traceability.rules import Day, NamedPlace, Told

Place = tuple[str, NamedPlace]  # A commune's name, and what is told of it.

bp = APIBlueprint("check_maps", __name__, enable_openapi=False)


@dataclass(frozen=True)
class Chosen:
    """What of a maker's goods the map is narrowed to: a product, or one lot of it."""

    public_id: str
    words: str
    lots: Ids


@bp.get("/manage/stamps/map")
@requires(Act.VIEW_MANAGE)
def of_maker() -> Response:
    """Checks of the maker's own stamps; `?of=` a product's or a lot's alone."""
    lots, chosen = _choice()
    return page(
        "traceability/manage/map.html",
        may_read_reports=may(Act.READ_REPORTS),
        lots=lots,
        chosen=chosen,
        **_shown_of_maker(chosen),
    )


@bp.get("/manage/stamps/map.csv")
@requires(Act.VIEW_MANAGE)
def sheet_of_maker() -> Response:
    """The same as CSV (RFC 4180): checks and alarms by day, places by commune."""
    return _sheet(_shown_of_maker(_choice()[1]))


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


def _area() -> MappedStamps:
    """The enterprises of all the officer's offices, each once."""
    first, *others = (accounts.enterprise_ids_in(office) for office in signed_in().offices)
    return MappedStamps(first.union(*others))


def _choice() -> tuple[dict[tuple[str, str], list[ManagedLot]], Chosen | None]:
    """The newest lots by product (its public id and name), and what is chosen of all there are."""
    public_id = request.args.get("of", "").upper()
    with reading() as session:
        newest = catalog.managed_lots(session, enterprise_id=enterprise_id())
        by_product: dict[tuple[str, str], list[ManagedLot]] = {}
        for lot in newest:
            by_product.setdefault((lot.product_public_id, lot.product_name), []).append(lot)
        return by_product, _chosen(session, public_id, newest) if public_id else None


def _chosen(session: Session, public_id: str, newest: Sequence[ManagedLot]) -> Chosen:
    """Raises: NotFound."""
    of_newest = (lot for lot in newest if public_id in {lot.public_id, lot.product_public_id})
    lot = next(of_newest, None) or catalog.managed_lot(session, public_id)
    if lot is None:
        product = own(catalog.managed_product(session, public_id))
        return Chosen(public_id, product.name, catalog.lot_ids_of_product(product.id))
    own(lot)
    if lot.public_id == public_id:
        code = _("lô %(code)s", code=display.lot_code(lot.code))
        return Chosen(public_id, f"{lot.product_name}, {code}", [lot.id])
    return Chosen(public_id, lot.product_name, catalog.lot_ids_of_product(lot.product_id))


def _shown_of_maker(chosen: Chosen | None) -> dict[str, Any]:
    shown = _shown(MappedStamps([enterprise_id()], chosen.lots if chosen else None))
    # Beside the numbers of all, those of a part would give away what "under 5" hides of the rest.
    return {**shown, "is_part": chosen is not None}


def _shown(mapped: MappedStamps) -> dict[str, Any]:
    today = clock.today()
    since = today - timedelta(days=rules.MAP_DAYS - 1)
    begins_at = beginning_of(since)
    with reading() as session:
        checks = queries.check_days(session, mapped, since=since)
        alarms = queries.alarm_days(session, mapped, since=begins_at)
        found = queries.named_places(session, mapped, since=begins_at)
    named = [(code, on) for code, on in found if code in communes()]
    days = rules.days_until(today, checks, alarms)
    told = rules.told_places(communes()[code].province_code for code, _on in named)
    return {
        "days": days,
        "most": max(day.checks for day in days),
        "checks": sum(day.checks for day in days),
        "alarms": sum(day.alarms for day in days),
        "squares": _squares(told),
        "shades": _shades(told),
        "islands": rules.ISLAND_SQUARES,
        "places": _places(named),
        "is_part": False,
        "fewest": rules.FEWEST_SHOWN,
        "many": rules.MANY_NAMED,
        "span": rules.MAP_DAYS,
        "display": display,
    }


def _squares(told: Mapping[str, Told]) -> list[tuple[int, int, Province, list[str], Told]]:
    """Column, row, the province, its name in two lines, and what is told of it."""
    return [
        (
            column,
            row,
            provinces()[code],
            _two_lines(provinces()[code].name),
            told.get(code, Told(0)),
        )
        for code, (column, row) in rules.PROVINCE_SQUARES.items()
    ]


def _shades(told: Mapping[str, Told]) -> list[tuple[str, list[str]]]:
    """By shade, the provinces drawn so. No number: with it a hidden commune could be worked out."""
    return [
        (shade, [provinces()[code].name for code, each in told.items() if each.shade == shade])
        for shade in ("many", "some", "few")
    ]


def _two_lines(name: str) -> list[str]:
    words = name.replace("Thành phố Hồ Chí Minh", "TP. HCM").split()
    return [words[0], " ".join(words[1:])]


def _places(named: Iterable[tuple[str, date]]) -> list[tuple[Province, list[Place]]]:
    """Each province that was named, with its communes: name, and what is told of it."""
    province_of = {code: commune.province_code for code, commune in communes().items()}
    laid = rules.by_province(rules.named_communes(named), province_of)
    return [
        (provinces()[code], [(communes()[place.code].name, place) for place in places])
        for code, places in laid.items()
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
    writer.writerows(_lines_of_places(shown["places"], is_part=shown["is_part"]))
    answer = make_response(content.getvalue())
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = "attachment; filename=goc-checks.csv"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _lines_of_places(
    places: Iterable[tuple[Province, list[Place]]], *, is_part: bool
) -> Iterator[tuple[str, str, str, str, int | str]]:
    for province, inside in places:
        for name, place in inside:
            count = place.told.count
            told = place.told.band if is_part or count is None else count
            yield "named", "", province.name, name, told
            for on in place.busy_days:
                yield "named", on.isoformat(), province.name, name, f"{rules.FEWEST_SHOWN}+"
