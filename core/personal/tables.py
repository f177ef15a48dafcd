"""What the tables of `core` hold of people."""

from core import periods
from core.answers import KeptAnswer
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.errors import sentence
from core.inbound.models import InboundSender, InboundSms
from core.jobs import Job
from core.outbox import OutboxEvent
from core.personal.held import Blank, Gone, Held
from core.photos.models import Photo

_OURS = "numbers of ours; what they speak of is handed out where it stands"

HELD = (
    Held(
        Dispatch,
        sentence("Tin nhắn và thư đã gửi cho bạn"),
        numbers=("target",),
        shown=("channel", "target", "subject", "state", "created_at", "sent_at"),
        inner={
            "words": "may hold a code that still opens something",
            "is_answer": "goes with its row once it is sent",
        },
        erasing=Gone(),
    ),
    Held(
        AuditEntry,
        sentence("Việc bạn đã làm"),
        people=("by_person_id",),
        shown=("at", "act", "refused", "object_kind"),
        inner={"details": _OURS},
        kept=periods.ACTS,
    ),
    Held(
        Job,
        sentence("Việc dài máy đã làm cho bạn"),
        people=("person_id",),
        shown=("kind", "state", "created_at", "finished_at"),
        inner={
            **dict.fromkeys(("arguments", "checkpoint", "result"), _OURS),
            "token": "what its person calls a key, which is handed out where it stands",
        },
        kept=periods.JOBS,
    ),
    Held(
        Photo,
        sentence("Ảnh bạn đã gửi"),
        people=("by_person_id",),
        shown=("public_id", "kind", "alt", "width", "height", "created_at", "removed_at"),
        erasing=Blank({"by_person_id": None}),
        kept=periods.LISTINGS,
    ),
    Held(
        OutboxEvent,
        sentence("Việc máy còn phải làm tiếp"),
        people=("by_person_id",),
        shown=("name", "happened_at"),
        inner={"fields": _OURS},
        kept=periods.EVENTS,
    ),
)
# Columns that sound as if they held something of a person, and why they do not.
NOT_PERSONAL = {
    f"{KeptAnswer.__tablename__}.who": "a number of ours, deleted after a day",
    "message.values": "what an enterprise was told, in numbers of ours",
    f"{InboundSms.__tablename__}.key_hash": "keyed, of the carrier's own name of a message",
    f"{InboundSender.__tablename__}.sender_hash": "keyed by the day, and goes with it",
    "outbox_handled.handler": "a function",
    "audit_entry.number": "its place in the chain",
    "timetable.name": "a piece of our work",
    "search_feed.revision": "a number of the index",
}
