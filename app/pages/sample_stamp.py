"""`/demo/stamp`: a stamp to look at for whoever holds none. The demo's alone."""

from apiflask import APIBlueprint
from flask import Response, current_app

from app.demo.stamps import shown_stamps
from core.errors import NotFound
from core.redirects import see_other
from core.work import reading

bp = APIBlueprint("sample_stamp", __name__, enable_openapi=False)


@bp.get("/demo/stamp")
def sample_stamp() -> Response:
    """Go to the page of an active stamp of a sample enterprise.

    Raises:
        NotFound: in production, or where the demo was not loaded.
    """
    if not current_app.config["SETTINGS"].is_demo:
        raise NotFound("the demo's page")
    with reading() as session:
        shown = shown_stamps(session, base_url="")
    if shown is None:
        raise NotFound("no sample stamp")
    return see_other(shown.active)
