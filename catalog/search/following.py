"""What the worker, `app.run` and commands call: sequence what changed, let every engine follow."""

from structlog import get_logger

from catalog.search.engines import engines
from catalog.search.feed import head, is_pending, mark_all, pieces_after, sequence
from catalog.search.port import EngineDown, Follower, Position
from core.work import COMMAND, WORKER, reading, transaction

_log = get_logger()


def catch_up() -> None:
    """Sequence every committed change and bring each engine to the feed's end.

    Cheap when there is nothing to do. An engine that is down is named in the log and left behind:
    it follows from its own position next time.
    """
    _sequence_all()
    with reading() as session:
        end = head(session)
    for follower in engines().followers:
        try:
            follow(follower, end)
        except EngineDown as error:
            _log.warning("search_follower_down", engine=follower.name, reason=str(error))


def follow(follower: Follower, end: Position) -> None:
    """Bring one engine from where it stands to the end of the feed.

    An index of another feed, or a lost one, is built anew beside what is still searched.

    Raises:
        EngineDown: it does not answer.
    """
    if not end.epoch:
        return  # Nothing was ever sequenced.
    stands = follower.position()
    if stands.epoch != end.epoch or stands.revision > end.revision:
        start = Position(end.epoch, 0)
        follower.rebuild(start, pieces_after(start))
        return
    if stands.revision < end.revision:
        for changes in pieces_after(stands):
            follower.apply(changes)


def reindex() -> dict[str, Position]:
    """Build every engine's index anew, also for products whose change nobody announced.

    Gives the position of each engine by its name.

    Raises:
        EngineDown: one does not answer; its former index stays.
    """
    with transaction(by=COMMAND) as work:
        mark_all(work)
    _sequence_all()
    with reading() as session:
        start = Position(head(session).epoch, 0)
    positions = {}
    for follower in engines().followers:
        follower.rebuild(start, pieces_after(start))
        positions[follower.name] = follower.position()
    return positions


def behind() -> dict[str, int | None]:
    """How many revisions each engine has not followed yet; None for one that does not answer."""
    with reading() as session:
        end = head(session)
    return {follower.name: _behind(follower, end) for follower in engines().followers}


def _behind(follower: Follower, end: Position) -> int | None:
    try:
        stands = follower.position()
    except EngineDown:
        return None
    return end.revision - stands.revision if stands.epoch == end.epoch else end.revision


def _sequence_all() -> None:
    while _is_pending():
        with transaction(by=WORKER) as work:
            sequence(work)


def _is_pending() -> bool:
    with reading() as session:
        return is_pending(session)
