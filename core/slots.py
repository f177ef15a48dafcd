"""What a lower page shows of a higher feature: named slots, filled by `app/slots.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, current_app, render_template
from markupsafe import Markup
from sqlalchemy.orm import Session
from structlog import get_logger

log = get_logger()


@dataclass(frozen=True)
class Panel:
    """One piece of a page: a template of the feature that fills the slot, and its values.

    Lower `rank` stands first.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    rank: int = 0


Fill = Callable[[Session, Sequence[int]], Mapping[int, Sequence[Panel]]]
SlotTable = Mapping[str, Sequence[Fill]]


def init_slots(app: Flask, table: SlotTable) -> None:
    """Tell the application who fills its slots."""
    app.extensions["slots"] = table


def fill(slot: str, session: Session, ids: Sequence[int]) -> dict[int, list[Markup]]:
    """What stands in a slot for each of a page's ids, drawn, in the order of rank.

    Every filler is asked once for all ids. One that fails leaves a gap and a line in the log:
    a page never falls because of a feature above it. Only for sessions that read.
    """
    table = cast("SlotTable", current_app.extensions["slots"])
    found: dict[int, list[tuple[int, Markup]]] = {id_: [] for id_ in ids}
    for filler in table[slot]:
        for id_, panels in _ask(slot, filler, session, ids).items():
            found[id_].extend(panels)
    return {
        id_: [markup for _, markup in sorted(panels, key=lambda one: one[0])]
        for id_, panels in found.items()
    }


def _ask(
    slot: str, filler: Fill, session: Session, ids: Sequence[int]
) -> dict[int, list[tuple[int, Markup]]]:
    if not ids:
        return {}
    try:
        given = filler(session, ids)
        return {id_: [(panel.rank, _drawn(panel)) for panel in given.get(id_, ())] for id_ in ids}
    except Exception:
        # After an error PostgreSQL refuses every further statement of the transaction.
        session.rollback()
        log.exception("a slot stays empty", slot=slot, filler=filler.__qualname__)
        return {}


def _drawn(panel: Panel) -> Markup:
    return Markup(render_template(panel.template, **panel.context))  # noqa: S704  # Our own templates escape.
