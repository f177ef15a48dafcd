"""What a telephone is told to put Gốc on its first screen: name, icons, where it opens."""

import json
import re
from functools import cache

from apiflask import APIBlueprint
from flask import Response, make_response, request

from core.language import current_language, gettext
from core.pages import ROOT, asset

bp = APIBlueprint("installing", __name__, enable_openapi=False)
_GROUND = re.compile(r"--ground: (#\w{6});")  # Of tokens.css, as it is by day.
_ICONS = (("ui/icon-192.png", 192, "any"), ("ui/icon-512.png", 512, "any"))
_FULL = ("ui/icon-full-512.png", 512, "maskable")


@bp.get("/manifest.webmanifest")
def manifest() -> Response:
    """The manifest (W3C), in the language of the page that names it. It opens with scanning."""
    told = {
        "id": "/",
        "name": gettext("Gốc – quét tem, xem nơi làm ra"),
        "short_name": "Gốc",
        "description": gettext("Quét tem để biết sổ ghi gì về món hàng, cả khi không có mạng."),
        "lang": current_language(),
        "start_url": "/scan",
        "scope": "/",
        "display": "standalone",
        "background_color": _ground(),
        "theme_color": _ground(),
        "icons": [_icon(*each) for each in (*_ICONS, _FULL)],
        "shortcuts": [
            {"name": gettext("Quét tem"), "url": "/scan"},
            {"name": gettext("Tem của bạn"), "url": "/manage/stamps"},
        ],
    }
    answer = make_response(json.dumps(told, ensure_ascii=False))
    answer.headers["Content-Type"] = "application/manifest+json"
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer.vary.add("Cookie")  # The language's.
    answer.add_etag()
    answer.make_conditional(request.environ)
    return answer


@cache
def _ground() -> str:
    found = _GROUND.search((ROOT / "static/ui/tokens.css").read_text(encoding="utf-8"))
    assert found is not None, "tokens.css has a ground"
    return found[1]


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    sizes = f"{size}x{size}"
    return {"src": asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
