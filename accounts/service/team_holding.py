"""Being in a team, held until the work is committed: whoever removes the member waits."""

from sqlalchemy import select

from accounts.models import Team, TeamMember
from core.work import Work


def holds_team(work: Work, *, team_id: int, person_id: int) -> bool:
    """Whether somebody is in a living team, and stays in it until this work is committed."""
    found = work.session.scalar(
        select(TeamMember.id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.team_id == team_id, TeamMember.person_id == person_id)
        .where(TeamMember.ended_at.is_(None), Team.ended_at.is_(None))
        .with_for_update(read=True)
    )
    return found is not None
