from collections.abc import Iterator, Mapping, Sequence

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.slots import Panel, SlotTable, fill, init_slots
from core.work import reading


def _panel(words: str, rank: int = 0) -> Panel:
    return Panel("trial.html", {"words": words}, rank)


def _first(_session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    return {id_: [_panel(f"late {id_}", rank=5), _panel("<b>")] for id_ in ids if id_ != 2}


def _second(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    assert session.execute(text("SELECT 1")).scalar() == 1
    return {ids[0]: [_panel("middle", rank=1)], 99: [_panel("of no page")]}


def _broken(session: Session, _ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    session.execute(text("SELECT nothing FROM nowhere"))
    return {}


def _badly_drawn(_session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    return {ids[0]: [Panel("no/such/template.html")]}


@pytest.fixture
def slots(app: Flask) -> Iterator[Flask]:
    before = app.extensions["slots"]
    with app.test_request_context():
        yield app
    app.extensions["slots"] = before


def _fill(app: Flask, table: SlotTable, ids: Sequence[int]) -> dict[int, list[str]]:
    init_slots(app, table)
    with reading() as session:
        return {id_: [str(one) for one in found] for id_, found in fill("s", session, ids).items()}


@pytest.fixture(autouse=True)
def _template(migrated_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = migrated_app.jinja_env.loader
    assert loader is not None
    original = loader.get_source

    def get_source(environment: object, template: str) -> object:
        if template == "trial.html":
            return "{{ words }}", None, lambda: True
        return original(environment, template)  # type: ignore[arg-type]  # Jinja's own environment.

    monkeypatch.setattr(loader, "get_source", get_source)


def test_panels_of_all_fillers_stand_in_the_order_of_rank(slots: Flask) -> None:
    found = _fill(slots, {"s": (_first, _second)}, [1, 2])

    assert found == {1: ["&lt;b&gt;", "middle", "late 1"], 2: []}


def test_a_filler_that_fails_leaves_a_gap_and_the_others_go_on(slots: Flask) -> None:
    found = _fill(slots, {"s": (_broken, _badly_drawn, _second)}, [1])

    assert found == {1: ["middle"]}


def test_a_page_without_ids_asks_nobody(slots: Flask) -> None:
    assert _fill(slots, {"s": (_broken,)}, []) == {}


def test_a_slot_nobody_named_is_our_own_mistake(slots: Flask) -> None:
    with pytest.raises(KeyError):
        _fill(slots, {}, [1])
