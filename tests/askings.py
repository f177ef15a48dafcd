"""Devices of an enterprise, and activations that wait for a second member."""

from dataclasses import replace
from datetime import timedelta

from accounts.models import Enterprise, EnterpriseDevice, Person
from core import ids
from core.work import By, Work
from tests.makers import make_batch, make_member, make_person
from traceability import service
from traceability.models import ActivationAsking, StampBatch
from traceability.service import AskedWith


def make_device(
    work: Work, *, enterprise: Enterprise, person: Person, browser_hash: str = "old", days: int = 2
) -> EnterpriseDevice:
    """A browser with which `person` came to `enterprise` first so many days ago."""
    since_at = work.now - timedelta(days=days)
    device = EnterpriseDevice(
        public_id=ids.public_id(),
        enterprise_id=enterprise.id,
        person_id=person.id,
        browser_hash=browser_hash,
        device="Android, Chrome",
        since_at=since_at,
        known_at=since_at + timedelta(days=1),
        seen_at=work.now,
    )
    work.session.add(device)
    work.session.flush()
    return device


def make_activation_asking(
    work: Work,
    *,
    enterprise: Enterprise,
    asker: Person | None = None,
    batch: StampBatch | None = None,
    last: int = 5,
) -> ActivationAsking:
    """Somebody of `enterprise` asks for stamps 1 to `last` of a batch to be active."""
    if asker is None:
        asker = make_person(work, sign_in=f"{ids.token().lower()}@goc.example", name="Kho")
        make_member(work, enterprise=enterprise, person=asker, role="warehouse")
    which = (batch or make_batch(work, enterprise=enterprise)).id
    asked = replace(work, by=By("person", asker.id, enterprise.id))
    return service.ask_activation(
        asked,
        lambda work: service.activate_stamps(work, batch_id=which, first=1, last=last),
        binds=False,
        asked_with=AskedWith("Android, Chrome", "new"),
    )
