"""A maker's logo for labels: given once, chosen for a print, replaced or taken off."""

from sqlalchemy import delete, select, update

from core import audit
from core.database import lock_words
from core.work import Work
from traceability.models import LabelLogo, LabelPrint
from traceability.queries import logo_in_use


def keep_logo(work: Work, *, enterprise_id: int, picture: bytes) -> LabelLogo:
    """Use this picture from now on; labels asked for before keep the logo they were asked with."""
    _end(work, enterprise_id)
    kept = LabelLogo(enterprise_id=enterprise_id, picture=picture, given_at=work.now)
    work.session.add(kept)
    work.session.flush()
    _record(work, "keep_logo", enterprise_id)
    return kept


def remove_logo(work: Work, *, enterprise_id: int) -> None:
    """Print no logo from now on; the second time changes nothing."""
    if _end(work, enterprise_id):
        _record(work, "remove_logo", enterprise_id)


def held_logo(work: Work, *, enterprise_id: int) -> LabelLogo | None:
    """The logo in use; until this transaction ends nobody ends it, nor forgets it as unprinted."""
    _hold(work, enterprise_id)
    return logo_in_use(work.session, enterprise_id)


def _hold(work: Work, enterprise_id: int) -> None:
    lock_words(work.session, f"logo {enterprise_id}")


def _end(work: Work, enterprise_id: int) -> bool:
    """End the logo in use and forget those no labels bear; say whether there was one."""
    _hold(work, enterprise_id)  # One that is kept takes the other's place.
    ended = work.session.execute(
        update(LabelLogo)
        .where(LabelLogo.enterprise_id == enterprise_id, LabelLogo.ended_at.is_(None))
        .values(ended_at=work.now)
        .returning(LabelLogo.id)
    ).all()
    borne = select(LabelPrint.id).where(LabelPrint.logo_id == LabelLogo.id).exists()
    work.session.execute(
        delete(LabelLogo)
        .where(LabelLogo.enterprise_id == enterprise_id, LabelLogo.ended_at.is_not(None), ~borne)
        .execution_options(synchronize_session=False)
    )
    return bool(ended)


def _record(work: Work, act: str, enterprise_id: int) -> None:
    audit.record(
        work,
        act=act,
        object_kind="enterprise",
        object_id=enterprise_id,
        enterprise_id=enterprise_id,
    )
