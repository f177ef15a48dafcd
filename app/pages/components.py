"""`/ui`: every component in all its states, to look at while designing. The demo's alone."""

from apiflask import APIBlueprint
from flask import Response, current_app
from markupsafe import Markup

from catalog.covers import cover_svg
from core.errors import NotFound
from core.pages import page

bp = APIBlueprint("components", __name__, enable_openapi=False)
NAMES = (
    ("Chè Shan tuyết", "thuc_pham"),
    ("Cà phê rang xay", "thuc_pham"),
    ("Rượu ngô men lá", "do_uong"),
    ("Mật ong bạc hà", "thuc_pham"),
    ("Miến dong", "thuc_pham"),
    ("Cá rô đồng", "thuc_pham"),
    ("Gạo nếp nương", "thuc_pham"),
    ("Bưởi da xanh", "thuc_pham"),
    ("Cao gừng", "duoc_lieu"),
    ("Dao phay", "thu_cong_my_nghe"),
    ("Khăn dệt tay", "thu_cong_my_nghe"),
    ("Nhà sàn đón khách", "du_lich"),
)


@bp.get("/ui")
def components() -> Response:
    """The components' page.

    Raises:
        NotFound: in production.
    """
    if not current_app.config["SETTINGS"].is_demo:
        raise NotFound("the demo's page")
    # The drawings are ours and hold nothing anybody typed.
    drawings = [Markup(cover_svg(*each, seed)) for seed, each in enumerate(NAMES)]  # noqa: S704  # Ours.
    return page("ui/components.html", drawings=drawings, page_url="/ui?page={}".format)
