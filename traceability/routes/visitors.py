"""Who looks at a stamp, from the request. No cookie is set, no address is kept."""

from flask import request

from accounts.web import who
from core.guard import SESSION_COOKIE
from core.limits import network_of
from traceability import rules
from traceability.keyed_marks import keyed_mark
from traceability.routes.claim_visitors import claim_token
from traceability.routes.dealer_visitors import dealings
from traceability.rules import Visit
from traceability.service.checking import Visitor


def visitor_of(serial: int) -> Visitor:
    """The visitor as counting must know them.

    A device is told by its own address and the headers a browser sends by itself. The hashes are
    keyed by our secret and the stamp, so that nobody is followed from stamp to stamp.
    """
    headers = request.headers
    network = rules.network_prefix(request.remote_addr or "")
    browser = "\n".join(
        (
            headers.get("User-Agent", ""),
            headers.get("Accept-Language", ""),
            headers.get("Sec-CH-UA", ""),
            headers.get("Sec-CH-UA-Platform", ""),
        )
    )
    device = f"{network_of(request.remote_addr)}\n{browser}"
    visit = visit_of_request()
    someone = who() if SESSION_COOKIE in request.cookies else None
    return Visitor(
        visit=visit,
        device_hash=keyed_mark(serial, f"device\n{device}"),
        network_hash=keyed_mark(serial, f"network\n{network}"),
        browser_hash=keyed_mark(serial, f"browser\n{browser}"),
        claim_hash=keyed_claim(serial, claim_token()),
        is_officer=bool(someone and someone.offices),
        enterprise_ids=frozenset(one.enterprise_id for one in someone.memberships)
        if someone
        else frozenset(),
        dealer_ids={enterprise_id: dealer_id for dealer_id, enterprise_id in dealings().items()},
    )


def keyed_claim(serial: int, token: str) -> str:
    """What is kept of a browser's token at one stamp; empty where it has none."""
    return keyed_mark(serial, f"claim\n{token}") if token else ""


def visit_of_request() -> Visit:
    """Who or what asks, by method and headers."""
    headers = request.headers
    return rules.visit_kind(
        rules.Request(
            method=request.method,
            user_agent=headers.get("User-Agent", ""),
            sec_purpose=headers.get("Sec-Purpose", ""),
            purpose=headers.get("Purpose") or headers.get("X-Purpose") or headers.get("X-Moz", ""),
            fetch_dest=headers.get("Sec-Fetch-Dest", ""),
            fetch_mode=headers.get("Sec-Fetch-Mode", ""),
            fetch_site=headers.get("Sec-Fetch-Site", ""),
        )
    )
