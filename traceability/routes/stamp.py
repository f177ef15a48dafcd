"""A stamp's page: the only address of a stamp, and the result of one check to share."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import Response, after_this_request, request
from sqlalchemy.exc import OperationalError
from structlog import get_logger

from catalog.routes.photo_words import asked_for
from catalog.routes.showing import pack_words
from core import clock, display
from core.api import problems
from core.api.description import Description, describes
from core.forms import Drawn
from core.language import current_language
from core.limits import Limit, misses, network_of
from core.pages import page
from core.photos.queries import Picture
from core.work import VISITOR, reading, transaction
from traceability import rules, service
from traceability.dealer_words import place_words
from traceability.errors import MalformedSerial
from traceability.locking import Lock, lock_of
from traceability.log_place import log_place
from traceability.queries import StampRow
from traceability.routes.burst_visitors import note_check, with_bursts
from traceability.routes.claim_visitors import claim_token
from traceability.routes.notices import notices_said
from traceability.routes.practice_stamp import practice_answer
from traceability.routes.sentences import verdict_said
from traceability.routes.stamp_json import StampCheck, is_json_wished, json_answer
from traceability.routes.visitors import keyed_claim, visit_of_request, visitor_of
from traceability.routes.why_words import later_acts
from traceability.rules.verdicts import STUCK_ON
from traceability.service.checking import Check, Claim
from traceability.service.reading import Reading
from traceability.tokens import day_of_token

bp = APIBlueprint("stamp", __name__, enable_openapi=False)
log = get_logger()
GALLERY_COMPARED = 2
# 60 bits cannot be guessed; this keeps whoever tries from wearing out the machine. A carrier puts
# thousands of phones behind one address, and each of them may misread a stamp now and then.
_SERIAL = {"type": "string", "description": "13 characters; case, spaces, hyphens do not matter"}
_TOKEN = {"type": "string", "description": "of the `check` that a stamp's answer names"}
MISSES = Limit("stamp", ("60/minute", "600/hour"))


@bp.get("/s/<serial>")
@describes(
    Description(
        answer=StampCheck,
        also={404: StampCheck},
        arguments={"serial": _SERIAL},
        filters={name: {"type": "string"} for name in ("gtin", "lot", "s")},
        is_public=True,
        is_page_too=True,
    )
)
def stamp(serial: str) -> Response:
    """What is recorded of a stamp, for programs that ask for `application/json`; else its page.

    Public, without a token. A number never issued answers 404 with its verdict. `gtin` and `lot`
    are what an address on the goods claims: under another one the stamp is `not_issued`. `s`, the
    stamp's own signature, is for those who check it without us: here it changes nothing.
    """
    after_this_request(_varied)
    if is_json_wished():
        problems.ask()
    try:
        number = rules.parse_serial(serial)
    except MalformedSerial:
        _count_miss()
        raise
    check = _check(number, Claim(request.args.get("gtin"), request.args.get("lot")))
    with reading() as session:
        found = service.read_check(session, check, language=current_language())
    if check.stamp is None:
        practised = practice_answer(number)
        if practised is not None:
            return practised
        _count_miss()
    elif "s" in request.args:
        _heed_signature(check.stamp, request.args["s"])
    return _answer(replace(found, was_typed="typed" in request.args))


@bp.get("/S/<serial>")
def printed(serial: str) -> Response:
    """The same, as the square code says it: capitals make a smaller one."""
    return stamp(serial)


@bp.get("/checks/<token>")
@describes(
    Description(
        answer=StampCheck,
        arguments={"token": _TOKEN},
        is_public=True,
        is_page_too=True,
    )
)
def past_check(token: str) -> Response:
    """The result of one check, to share: the numbers of then, what is known of the stamp now.

    Opening it is not a check.
    """
    after_this_request(_varied)
    if is_json_wished():
        problems.ask()
    with reading() as session:
        found = service.read_past_check(
            session,
            day=day_of_token(token),
            token=token,
            today=clock.today(),
            language=current_language(),
            claim_hash=_own_claim_hash,
        )
    return _answer(found, past=True)


def _own_claim_hash(serial: int) -> str:
    return keyed_claim(serial, claim_token())


def _count_miss() -> None:
    """Numbers that are none count against the address; hits never do, nor are they refused.

    Raises:
        TooManyTries: this address has guessed too often.
    """
    misses().take(MISSES, network_of(request.remote_addr))


def _heed_signature(stamp: StampRow, digits: str) -> None:
    """Note a wrong signature for the maker. The verdict stands: anyone can write digits."""
    with reading() as session:
        is_wrong = service.is_signature_wrong(session, stamp, digits)
    if not is_wrong or visit_of_request() is not rules.Visit.PERSON:
        return
    try:
        with transaction(by=VISITOR) as work:
            service.note_wrong_signature(work, serial=stamp.serial)
    except OperationalError as error:
        log.warning("wrong signature not noted", reason=type(error.orig).__name__)


def _check(serial: int, claim: Claim) -> Check:
    visitor = visitor_of(serial)
    if visitor.visit is rules.Visit.PERSON:
        visitor = with_bursts(visitor)
        try:
            with transaction(by=VISITOR) as work:
                check = service.record_check(work, serial=serial, visitor=visitor, claim=claim)
        except OperationalError as error:
            # The page still answers, and says that this check was not recorded.
            log.warning("check not recorded", reason=type(error.orig).__name__)
        else:
            note_check(check, visitor)
            return check
    with reading() as session:
        return service.look(session, serial=serial, visitor=visitor, now=clock.now(), claim=claim)


def _answer(found: Reading, *, past: bool = False) -> Response:
    response = json_answer(found, past=past) if is_json_wished() else _page(found, past=past)
    response.headers["Cache-Control"] = "no-store"
    return response


def _varied(response: Response) -> Response:
    response.vary.add("Accept")  # Of refusals too.
    return response


def _page(found: Reading, *, past: bool = False) -> Response:
    language, lock = current_language(), _lock(found)
    return page(
        "traceability/stamp.html",
        status=200 if past else found.judgement.verdict.status,
        found=found,
        said=verdict_said(found, language),
        notices=notices_said(found, language),
        compared=_compared(found),
        delivered_to=_delivered_to(found.check.stamp),
        pack=pack_words(found.lot.pack_words) if found.lot and found.lot.pack_words else "",
        past=past,
        may_claim=not past and _may_claim(found.check),
        own_claim=rules.own_of(found.check.claims),
        lock=lock,
        later=later_acts(found, lock),
        serial=rules.serial_text(found.check.serial),
        display=display,
        form=Drawn(),
    )


def _may_claim(check: Check) -> bool:
    """Whether a visitor may say that they bought the goods: a buyer, of a stamp stuck on."""
    is_buyer = check.uncounted in {None, rules.Uncounted.SAME_DEVICE}
    return is_buyer and check.stamp is not None and check.stamp.state in STUCK_ON


def _lock(found: Reading) -> Lock | None:
    """Who locked the log; nothing is said of it before the stamp's batch stands in it."""
    stamp = found.check.stamp
    return lock_of(log_place()) if stamp and stamp.published_at else None


def _delivered_to(stamp: StampRow | None) -> str:
    """The shop that has it by its own word and agreed to be named, and its commune; else empty."""
    if stamp is None or stamp.dealer_name is None:
        return ""
    return f"{stamp.dealer_name}, {place_words(stamp.dealer_commune)}"


def _compared(found: Reading) -> list[tuple[str, Picture]]:
    """The photos asked for by what they show; where there are none the first of the gallery's."""
    asked = [(each.name, each.picture) for each in asked_for(list(found.pictures))]
    look = [(name, picture) for name, picture in asked if picture is not None]
    gallery = [("", each.picture) for each in found.pictures if each.subject == "gallery"]
    return look or gallery[:GALLERY_COMPARED]
