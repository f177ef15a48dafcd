"""Public photos: addresses named after their content, which never change what they say."""

import re

from apiflask import APIBlueprint
from flask import Response

from core.errors import NotFound
from core.files import files
from core.photos.drawing import TYPES

bp = APIBlueprint("photos", __name__, enable_openapi=False)

NAME = re.compile(r"([0-9a-f]{32})/([0-9]{1,4})\.(webp|jpg)")
YEAR_SECONDS = 31_536_000


@bp.get("/photos/<path:name>")
def photo(name: str) -> Response:
    """One variant of a photo. No row is read: a private or removed one has no file here."""
    found = NAME.fullmatch(name)
    if found is None:
        raise NotFound("not the name of a photo")
    try:
        with files().reading(f"photos/{name}") as stream:
            content = stream.read()
    except FileNotFoundError:
        raise NotFound("no such photo") from None
    answer = Response(content, content_type=TYPES[found[3]])
    answer.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return answer
