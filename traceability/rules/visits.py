"""Which visits are people's: chat apps fetch previews, browsers fetch ahead, robots read all.

A visit wrongly left out costs a sentence on the page ("not recorded"); one wrongly counted takes a
buyer's first check away. In doubt a visit is not a person's.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from traceability.rules.verdicts import STUCK_ON, StampState


class Visit(StrEnum):
    """Who or what asks for a page."""

    PERSON = "person"
    HEAD = "head"  # Any method that shows nobody a page.
    PREFETCH = "prefetch"  # A browser's guess; perhaps nobody ever looks.
    PREVIEW = "preview"  # A chat app drawing a card under a link.
    EMBEDDED = "embedded"  # A picture, frame or script of another page: nobody opened ours.
    ROBOT = "robot"  # A crawler, a checker, a programmer's tool.


class Uncounted(StrEnum):
    """Why a check is not counted, the first that holds."""

    NOT_A_PERSON = "not_a_person"
    NOT_ACTIVE = "not_active"
    MEMBER = "member"  # Signed in for the issuing enterprise.
    OFFICER = "officer"
    DEALER = "dealer"  # A shop that sells for the issuing enterprise.
    SAME_DEVICE = "same_device"


@dataclass(frozen=True, slots=True)
class Request:
    """What a request says of its sender. A header that did not come is an empty text."""

    method: str
    user_agent: str
    sec_purpose: str = ""  # Sec-Purpose: prefetch;prerender
    purpose: str = ""  # Purpose or X-Purpose, X-Moz: prefetch, preview
    fetch_dest: str = ""  # Sec-Fetch-Dest: document, image, iframe …
    fetch_mode: str = ""  # Sec-Fetch-Mode: navigate, no-cors …
    fetch_site: str = ""  # Sec-Fetch-Site: none, same-origin, cross-site …


# Fetchers that draw a card for a link somebody sent. Names as their makers document them, or as
# servers' logs show them; matched anywhere, because iMessage calls itself by three of them.
# Zalo's fetcher claims an old telephone and "Zalo/1.0"; its in-app browser says "Zalo android/…".
_PREVIEWS: Final = re.compile(
    r"facebookexternalhit|facebookcatalog|facebot|meta-externalfetcher|line-poker|twitterbot"
    r"|telegrambot|slackbot|slack-imgproxy|discordbot|linkedinbot|skypeuripreview|pinterestbot"
    r"|redditbot|kakaotalk-scrap|vkshare|snap url preview|bingpreview|google web preview|embedly"
    r"|iframely|zalobot|zalo/1\.0|viberbot|viber-?preview|mattermost"
    r"|microsoft teams",
    re.IGNORECASE,
)
# These apps fetch under their bare name; a page opened inside one begins with "Mozilla/".
_BARE_PREVIEWS: Final = re.compile(r"(whatsapp|viber|zalo|signal|snapchat)\b", re.IGNORECASE)
# HeadlessChrome counts: whoever drives it could as well call it Chrome, so leaving out the honest
# ones protects nobody, and pages tried out with it behave as they do for a buyer.
# CUBOT makes telephones.
_ROBOTS: Final = re.compile(
    r"(?<!cu)bot(?![a-z])|(?<!cu)bot[-_/]|crawl|spider|slurp|scrap|archiver|validator|lighthouse"
    r"|headless(?!chrome)|phantomjs|puppeteer|playwright|selenium|pingdom|uptime|monitor|gtmetrix|feedfetcher|ggpht|imageproxy|proxy\b"
    r"|mediapartners|google-|googleother|google favicon|meta-externalagent|gptbot|chatgpt-user"
    r"|perplexity-user|python|curl/|wget/|okhttp|go-http-client|java/|libwww|httpclient",
    re.IGNORECASE,
)
# Internet Explorer alone among browsers called itself "compatible"; robots still do.
_COMPATIBLE: Final = re.compile(r"\(compatible[;)](?!\s*msie)", re.IGNORECASE)
# Every browser begins so; Opera Mini and UC Browser on small telephones have names of their own.
# Programs (curl, okhttp, Dalvik, CFNetwork) do not: nobody holds goods in front of them.
_BROWSERS: Final = re.compile(r"mozilla/[45]\.0 \(|opera/\d|ucweb/|nokia", re.IGNORECASE)
_OPENED: Final = frozenset({"", "document"})  # Old browsers do not say.
_AHEAD: Final = re.compile(r"prefetch|prerender|preview|instant", re.IGNORECASE)


def visit_kind(request: Request) -> Visit:
    """Say who or what asks. Only a person's visit may count."""
    if request.method != "GET":
        return Visit.HEAD
    if _AHEAD.search(request.sec_purpose) or _AHEAD.search(request.purpose):
        return Visit.PREFETCH
    # Any page could otherwise use up first checks by showing stamps as pictures.
    if not _is_opened(request):
        return Visit.EMBEDDED
    agent = request.user_agent.strip()
    if _PREVIEWS.search(agent) or _BARE_PREVIEWS.match(agent):
        return Visit.PREVIEW
    if _ROBOTS.search(agent) or _COMPATIBLE.search(agent) or not _BROWSERS.match(agent):
        return Visit.ROBOT
    return Visit.PERSON


def _is_opened(request: Request) -> bool:
    """Say whether the page itself was opened, perhaps through our own service worker.

    What the worker passes on is a script's request in the browser's words (Fetch, 5.4), and our own
    site's, as no page of another's can be. It passes on nothing but what was opened.
    """
    if request.fetch_site == "same-origin" and request.fetch_dest == "empty":
        return True
    return request.fetch_dest in _OPENED and request.fetch_mode in {"", "navigate"}


def uncounted_because(
    *,
    visit: Visit,
    state: StampState,
    by_member: bool,
    by_officer: bool,
    by_dealer: bool = False,
    same_device: bool,
) -> Uncounted | None:
    """Say why a check is not counted; None: it counts."""
    reasons = {
        Uncounted.NOT_A_PERSON: visit is not Visit.PERSON,
        Uncounted.NOT_ACTIVE: state not in STUCK_ON,
        Uncounted.MEMBER: by_member,
        Uncounted.OFFICER: by_officer,
        Uncounted.DEALER: by_dealer,
        Uncounted.SAME_DEVICE: same_device,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
