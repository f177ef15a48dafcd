"""Which cleaner of the worker keeps which rows of the table of periods (`core/periods.py`)."""

from collections.abc import Mapping
from datetime import timedelta

from accounts import tasks as accounts
from app import personal_export, wiping
from catalog import tasks as catalog
from core import cleaning, periods
from core.dispatch import tasks as dispatch
from core.inbound import tasks as inbound
from core.periods import Period
from core.photos import tasks as photos
from core.timetable import Entry
from traceability import tasks as traceability

_HOURLY = timedelta(hours=1)
_DAILY = timedelta(hours=24)

# Every row that has an end has its cleaner here; a test compares both tables.
CLEANERS: Mapping[Entry, tuple[Period, ...]] = {
    Entry("forget answers", _HOURLY, cleaning.forget_answers): (periods.ANSWERS,),
    Entry("forget events", _HOURLY, cleaning.forget_events): (periods.EVENTS,),
    Entry("forget messages", _DAILY, cleaning.forget_messages): (periods.MESSAGES,),
    Entry("forget jobs", timedelta(hours=6), cleaning.forget_jobs): (periods.JOBS,),
    Entry("forget exports", _HOURLY, personal_export.forget_exports): (periods.EXPORTS,),
    Entry("forget devices", _DAILY, traceability.forget_devices): (
        periods.DEVICES,
        periods.BURSTS,
    ),
    Entry("forget print codes", _HOURLY, traceability.forget_print_codes): (periods.PRINT_CODES,),
    Entry("forget claims", _DAILY, traceability.forget_claims): (periods.CLAIMS,),
    Entry("forget contacts", _DAILY, traceability.forget_contacts): (periods.REPORT_CONTACTS,),
    Entry("forget enterprise devices", _DAILY, accounts.forget_enterprise_devices): (
        periods.ENTERPRISE_DEVICES,
        periods.ENTERPRISE_DEVICES_UNUSED,
    ),
    Entry("forget activation askings", _HOURLY, traceability.forget_askings): (
        periods.ACTIVATION_ASKINGS,
    ),
    Entry("forget keys", _DAILY, accounts.forget_keys): (
        periods.SIGN_INS,
        periods.API_TOKENS,
        periods.SECOND_STEPS,
        periods.PASSWORD_LINKS,
    ),
    Entry("forget proofs", _HOURLY, accounts.forget_proofs): (periods.PROOFS,),
    Entry("forget askings", _DAILY, accounts.forget_askings): (
        periods.ACCOUNT_CHANGES,
        periods.INVITATIONS,
        periods.ASKINGS,
    ),
    Entry("forget group acts", _DAILY, accounts.forget_group_acts): (periods.GROUP_ACTS,),
    Entry("forget dispatches", timedelta(minutes=10), dispatch.forget_dispatches): (
        periods.DISPATCHES,
    ),
    Entry("forget inbound", timedelta(minutes=10), inbound.forget_inbound): (
        periods.INBOUND,
        periods.INBOUND_KEYS,
    ),
    Entry("forget recall words", _DAILY, traceability.forget_recall_words): (periods.RECALL_WORDS,),
    Entry("forget photos", _HOURLY, photos.forget_photos): (
        periods.REMOVED_PHOTOS,
        periods.ARRIVING_PHOTOS,
        periods.REPORT_PHOTOS,
    ),
    Entry("forget practices", timedelta(minutes=10), wiping.end_old_practices): (
        periods.PRACTICES,
    ),
    Entry("forget guidings", _HOURLY, accounts.forget_guidings): (periods.GUIDINGS,),
    Entry("forget learners", _DAILY, accounts.forget_learners): (periods.TRAININGS,),
    Entry("forget imports", timedelta(hours=6), catalog.forget_imports): (periods.IMPORTS,),
}
FORGETTING = tuple(CLEANERS)
