"""The officers' home: what waits for them, area by area."""

from apiflask import APIBlueprint
from flask import Response

from accounts.rules import Act
from accounts.web import may, requires, signed_in
from core.pages import page
from core.places import commune_name, province_name
from core.slots import fill
from core.work import reading

bp = APIBlueprint("office", __name__, enable_openapi=False)


@bp.get("/office")
@requires(Act.VIEW_OFFICE)
def home() -> Response:
    """The queues of every office the person holds."""
    who = signed_in()
    with reading() as session:
        queues = fill("office.queue", session, [office.id for office in who.offices])
    places = {
        office.id: ", ".join(
            name
            for name in (commune_name(office.commune_code), province_name(office.province_code))
            if name
        )
        for office in who.offices
    }
    return page(
        "app/office.html",
        who=who,
        queues=queues,
        places=places,
        may_appoint=may(Act.MANAGE_OFFICERS),
        may_keep_names=may(Act.MANAGE_NAMES),
    )
