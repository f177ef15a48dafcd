"""What the seal of one act proves: read by the enterprise whose act it is."""

from apiflask import APIBlueprint
from flask import Response

from accounts.queries import people_named
from accounts.rules import Act
from accounts.web import enterprise_id, own, requires
from app.act_lines import lines_of
from core import audit, clock, display
from core.audit_chain import proof_of
from core.language import current_language
from core.pages import page
from core.work import reading

bp = APIBlueprint("act_proof", __name__, enable_openapi=False)


@bp.get("/manage/acts/proofs/<public_id:public_id>")
@requires(Act.READ_HISTORY)
def shown(public_id: str) -> Response:
    """One act with its place in the chain, worked out anew for this answer."""
    locale = current_language()
    with reading() as session:
        entry = own(audit.entry_of(session, enterprise_id=enterprise_id(), public_id=public_id))
        ids = [] if entry.by_person_id is None else [entry.by_person_id]
        names = {id_: one.name for id_, one in people_named(session, ids).items()}
        [line] = lines_of(session, [entry], names)
        return page(
            "app/act_proof.html",
            line=line,
            proof=proof_of(entry),
            at=display.clock_and_day(entry.at, locale),
            day=display.day(entry.day, locale),
            number=entry.number,
            mark=entry.hash,
            checked_at=display.clock_and_day(clock.now(), locale),
        )
