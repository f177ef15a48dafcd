"""`/.well-known/gs1resolver`: what kind of resolver this is, for programs.

By the schema of GS1-Conformant Resolver 1.2, section 3:
https://ref.gs1.org/standards/resolver/description-file-schema
"""

from apiflask import APIBlueprint
from flask import Response, current_app, json, request

from core.places import provinces
from traceability.routes.resolver import GOODS, open_to_all
from traceability.rules.linkset import CONTEXT, PREFIX, VOCABULARY

bp = APIBlueprint("resolver_description", __name__, enable_openapi=False)
bp.after_request(open_to_all)
HOUR_SECONDS = 3_600


@bp.get("/.well-known/gs1resolver")
def description() -> Response:
    """The resolver's description. The same for everybody, until the application changes."""
    said = {
        "name": "Gốc",
        "resolverRoot": current_app.config["SETTINGS"].public_url,
        "supportedPrimaryKeys": [GOODS],
        "supportedLinkType": [{"namespace": VOCABULARY, "prefix": PREFIX}],
        "linkTypeDefaultCanBeLinkset": False,
        # Retailers are told apart by their province: the codes of `/products?province=`.
        "supportedContextValuesEnumerated": list(provinces()),
        "jsonLdContextLocation": CONTEXT,
    }
    answer = Response(json.dumps(said, ensure_ascii=False) + "\n", content_type="application/json")
    answer.headers["Cache-Control"] = f"public, max-age={HOUR_SECONDS}"
    answer.add_etag()
    answer.make_conditional(request.environ)
    return answer
