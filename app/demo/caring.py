"""The demo's officers at work: targets of the commune, and a maker in somebody's care."""

from dataclasses import replace

from accounts import queries, service
from accounts.rules import Office, Role
from core.work import By, Work

TARGETS = {"makers": 10, "listings": 20, "ranks_in_force": 2, "stamps_active": 2_000}
NOTE = "Hay ở lò cả ngày, gọi buổi tối."


def care(work: Work, *, officer: str, area: str | None, maker: str) -> None:
    """Enter what an officer of a commune wants to reach this year, and whom they look after."""
    found = queries.password_of(work.session, officer)
    assert found is not None, "the officer was entered before"
    officer_id, _ = found
    acting = replace(work, by=By("person", officer_id))
    service.set_targets(acting, area=area or "", year=work.today.year, targets=TARGETS)
    country = queries.makers_in([Office(0, Role.OPERATOR)])
    makers = [one for one in queries.cared_makers(work.session, country) if one.name == maker]
    theirs = [one.id for one in makers]
    service.hand_over_makers(acting, makers=makers, to=officer_id, theirs=theirs, note=NOTE)
