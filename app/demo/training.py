"""The demo's training: held by the commune's officer, with learners who got this far."""

from collections.abc import Sequence
from dataclasses import replace

from accounts import service
from accounts.queries import password_of, training
from accounts.service import TrainingDay
from app.demo import samples
from core.work import By, Work

NAME = "Đăng hàng và dán tem"
# What each learner has done: the first all of it, the last has only joined.
DONE: tuple[tuple[str, ...], ...] = (("listed", "stamped", "scanned"), ("listed",), ())


def hold_training(work: Work, *, trainer: str, learner_ids: Sequence[int]) -> None:
    """Hold a training today; its learners practise each for themselves."""
    smith, found = samples.SMITH, password_of(work.session, trainer)
    assert found is not None, trainer
    day = TrainingDay(NAME, work.today, smith.province_code, smith.commune_code)
    public_id = service.open_training(replace(work, by=By("person", found[0])), day=day)
    held = training(work.session, public_id)
    assert held is not None, public_id
    for person_id, steps in zip(learner_ids, DONE, strict=False):
        learning = replace(work, by=By("person", person_id))
        id_ = service.join_training(learning, code=held.code, practice_name="Tập thử")
        for step in steps:
            service.note_step(learning, enterprise_id=id_, step=step)
