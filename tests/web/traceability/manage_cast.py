"""A smith who stamps, the warehouse and a seller of theirs, a stranger, and the officer."""

from flask import Flask

from core.work import COMMAND, By, reading, transaction
from tests.makers import (
    make_enterprise,
    make_lot,
    make_member,
    make_officer,
    make_person,
    make_product,
    make_sign_in,
)
from tests.web.signed_in import SignedIn
from traceability import queries, service
from traceability.models import StampBatch

DECLARED = 640


class Cast:
    """Everybody who may ask for something on /manage/stamps, and one lot of 640 knives."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        with transaction(by=COMMAND) as work:
            ours = make_enterprise(work)
            theirs = make_enterprise(work, name="Mẫu – Hợp tác xã chè")
            self.lot = make_lot(
                work, product=make_product(work, enterprise=ours), declared=DECLARED
            )
            self.foreign_lot = make_lot(
                work, product=make_product(work, enterprise=theirs), code="C-1"
            )
            self.ours, self.theirs = ours, theirs
            members = {"ha": "director", "kho": "warehouse", "ban": "seller", "so": "accountant"}
            for key, role in members.items():
                person = make_person(work, sign_in=f"{key}@goc.example", name=key.capitalize())
                make_member(work, enterprise=ours, person=person, role=role)
                make_sign_in(work, person=person, enterprise=ours, key=key)
                if key == "ha":
                    self.by = By("person", person.id, ours.id)
            stranger = make_person(work, sign_in="lan@goc.example")
            make_member(work, enterprise=theirs, person=stranger)
            make_sign_in(work, person=stranger, enterprise=theirs, key="lan")
            officer = make_person(work, sign_in="xa@goc.example")
            make_officer(work, person=officer)
            make_sign_in(work, person=officer, key="xa")
        self.director = self.browser("ha")
        self.warehouse = self.browser("kho")
        self.seller = self.browser("ban")
        self.stranger = SignedIn(app, "lan", for_enterprise=theirs.public_id)
        self.officer = SignedIn(app, "xa")

    def browser(self, key: str) -> SignedIn:
        """A browser of one of ours."""
        return SignedIn(self._app, key, for_enterprise=self.ours.public_id)

    def grower(self) -> SignedIn:
        """One more of ours, who may look and do nothing."""
        with transaction(by=COMMAND) as work:
            person = make_person(work, sign_in="vuon@goc.example", name="Vườn")
            make_member(work, enterprise=self.ours, person=person, role="grower")
            make_sign_in(work, person=person, enterprise=self.ours, key="vuon")
        return self.browser("vuon")

    def batch(self, count: int = 10, *, active: int = 0) -> StampBatch:
        """A batch of our lot, its first `active` stamps stuck on."""
        with transaction(by=self.by) as work:
            batch = service.issue_stamps(work, lot_id=self.lot.id, count=count)
            if active:
                service.activate_stamps(work, batch_id=batch.id, first=1, last=active)
        return batch

    def serial(self, batch: StampBatch, ordinal: int) -> int:
        """The serial of one stamp of a batch."""
        with reading() as session:
            return queries.serials_at(session, batch.id, [ordinal])[ordinal]

    def by_state(self, batch: StampBatch) -> dict[str, int]:
        """How many stamps of a batch are in which state."""
        with reading() as session:
            return queries.batches_by_id(session, [batch.id])[batch.id].by_state

    def left(self) -> int | None:
        """How many more stamps our lot may bear."""
        with reading() as session:
            return queries.stamps_left(session, self.lot.id)
