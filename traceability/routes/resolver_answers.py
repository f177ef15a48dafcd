"""How a resolver says it: a linkset for programs, a list of links for people, refusals to both."""

from http import HTTPStatus

from flask import Response, current_app, json, request

from core import gs1
from core.api import problems
from core.errors import AppError
from core.language import gettext
from core.pages import page
from traceability.routes.resolver_links import HTML, JSON
from traceability.rules import Link, LinkType, linkset
from traceability.rules.linkset import CONTEXT

LINKSET, JSON_LD = "application/linkset+json", "application/ld+json"
PROBLEM = "application/problem+json"
_FORMS = (LINKSET, JSON, JSON_LD, HTML)  # Of a linkset; the first where nothing is asked for.


def is_linkset_preferred() -> bool:
    """Whether the request would rather have a linkset than be led on: named, and liked best."""
    return request.accept_mimetypes.best_match((HTML, JSON, LINKSET)) == LINKSET


def linkset_answer(link: gs1.DigitalLink, links: list[Link], *, status: int = 200) -> Response:
    """All of `links` at once: 200, or 300 where they are equal and one must be chosen."""
    form = request.accept_mimetypes.best_match(_FORMS) or LINKSET
    if form == HTML:
        return negotiated(_list(link, links, status))
    said = linkset(link.canonical, links, root=_root())
    if form == JSON_LD:
        said = {"@context": CONTEXT, **said}
    answer = Response(json.dumps(said, ensure_ascii=False) + "\n", status, content_type=form)
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer.headers.add(
        "Link", f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="{JSON_LD}"'
    )
    answer.add_etag(weak=True)
    answer.make_conditional(request.environ)
    return negotiated(answer)


def refusal(error: AppError) -> Response:
    """A refusal: a problem of RFC 9457 for a program that asks for JSON, a page for people."""
    wished = request.accept_mimetypes.best_match((HTML, PROBLEM, JSON, LINKSET))
    if wished in {PROBLEM, JSON, LINKSET}:
        return negotiated(problems.refusal(error))
    text = gettext(error.sentence, **error.values)
    return negotiated(
        page("app/error.html", status=error.status, status_code=error.status, text=text)
    )


def with_linkset(answer: Response, link: gs1.DigitalLink) -> Response:
    """Say where all links of the subject are."""
    all_links = f"{link.under(_root())}{'&' if link.attributes else '?'}linkType=linkset"
    answer.headers.add("Link", f'<{all_links}>; rel="linkset"; type="{LINKSET}"')
    return answer


def negotiated(answer: Response) -> Response:
    """Say what the answer depends on besides its address."""
    answer.vary.update(("Accept", "Accept-Language", "Cookie"))
    return answer


def _list(link: gs1.DigitalLink, links: list[Link], status: int) -> Response:
    return page(
        "traceability/links.html",
        status=status,
        link=link,
        links=[each for each in links if each.type is not LinkType.DEFAULT] or links,
        is_choice=status == HTTPStatus.MULTIPLE_CHOICES,
        json=JSON,
    )


def _root() -> str:
    """What our addresses begin with, as stamps carry it."""
    url: str = current_app.config["SETTINGS"].public_url
    return url
