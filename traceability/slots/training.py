"""What learners of a training have done with stamps."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from accounts.queries import steps_of
from core.language import gettext
from core.slots import Panel


def stamped_and_scanned(session: Session, learner_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """`training.steps`: who has stuck a stamp on, and scanned one of their own. One statement."""
    words = {"stamped": gettext("Dán tem"), "scanned": gettext("Quét tem")}
    done = steps_of(session, learner_ids, words)
    return {
        id_: [
            Panel(
                "accounts/practice/step.html",
                {"words": said, "done": step in done.get(id_, {})},
                rank=rank,
            )
            for rank, (step, said) in enumerate(words.items(), start=20)
        ]
        for id_ in learner_ids
    }
