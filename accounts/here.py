"""What somebody acts with: this browser, or the token of a program; and what it may do alone."""

from flask import Response, after_this_request, request
from sqlalchemy.orm import Session

from accounts import queries
from accounts.device_rules import Standing, counts_from
from accounts.devices import device_of
from accounts.queries import DeviceFacts
from accounts.rules import Role
from accounts.service import Browser, know_device, mark_sign_in, note_device
from accounts.sessions import BROWSER_COOKIE, is_secure, set_browser
from accounts.web import enterprise_id, key_hash, signed_in, token_since
from core import clock, ids
from core.sealing import sealer
from core.work import Work

_ABOUT = "browser of an enterprise"


def browser_hash() -> str:
    """The keyed hash of this browser's mark; empty where it has none."""
    token = request.cookies.get(BROWSER_COOKIE, "")
    return hash_of_browser(token) if token else ""


def bring_browser() -> Browser:
    """This browser; without a mark of ours it is given one with this answer.

    For who belongs to an enterprise alone: a buyer's browser is nothing we have to know again.
    """
    token = request.cookies.get(BROWSER_COOKIE) or ids.token()

    @after_this_request
    def keep(response: Response) -> Response:  # Anew each time: its days begin again.
        set_browser(response, token, secure=is_secure())
        return response

    return Browser(hash_of_browser(token), device_words())


def browser_as_it_is() -> Browser:
    """This browser with the mark it has, or with none (an empty hash)."""
    return Browser(browser_hash(), device_words())


def mark_here(work: Work) -> None:
    """Give this browser a mark, for its sign-in too: its person comes to belong somewhere."""
    mark_sign_in(work, key_hash=key_hash(), browser=bring_browser())


def device_words() -> str:
    """What this browser calls itself, in a few words."""
    return device_of(request.headers.get("User-Agent", ""))


def note_here(work: Work) -> Browser | None:
    """Keep that a member acts with this browser; programs, helpers and learners leave nothing."""
    if token_since() is not None or role() in {Role.HELPER, Role.LEARNER}:
        return None
    browser = bring_browser()
    mark_sign_in(work, key_hash=key_hash(), browser=browser)
    person_id = signed_in().person_id
    note_device(work, person_id=person_id, enterprise_id=enterprise_id(), browser=browser)
    return browser


def know_here(work: Work) -> None:
    """Let this browser count from now on as one the enterprise used before."""
    browser = bring_browser()
    mark_sign_in(work, key_hash=key_hash(), browser=browser)
    person_id = signed_in().person_id
    know_device(work, person_id=person_id, enterprise_id=enterprise_id(), browser=browser)


def standing(session: Session) -> Standing:
    """How whoever asks stands at the enterprise they act for, with what they ask. One statement."""
    now, facts = clock.now(), facts_here(session)
    since_at = token_since()
    is_known = facts.is_known(now) if since_at is None else counts_from(since_at) <= now
    return Standing(role(), is_known, facts.is_first_day(now))


def facts_here(session: Session) -> DeviceFacts:
    """What is known of this browser at the enterprise acted for."""
    return queries.device_facts(session, enterprise_id(), browser_hash=browser_hash())


def role() -> Role:
    """As what whoever asks acts for the enterprise."""
    acting = signed_in().acting
    assert acting is not None, "the route's act is an enterprise's"
    return acting.role


def hash_of_browser(token: str) -> str:
    """What is kept of a browser's mark: without our key nobody tries marks against it."""
    return sealer().digest(token, about=_ABOUT).hex()
