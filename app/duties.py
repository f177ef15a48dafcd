"""What the worker does: reactions, kinds of jobs, the timetable. Wired here, written in features.

Functions named here import heavy libraries where they use them: an idle worker stays small.
"""

from datetime import timedelta

from accounts import tasks as accounts
from accounts.service import WIPING
from app import wiping
from app.caring import month
from app.erasing import erase_due
from app.personal_export import EXPORTING, export_person
from app.reactions import REACTIONS
from app.retention import FORGETTING
from catalog import tasks as catalog
from catalog.search import catch_up
from catalog.service.exporting import EXPORTING as EXPORTING_SHEET
from catalog.service.import_runs import CHECKING, UNDOING, WRITING
from core import audit_chain
from core.dispatch import tasks as dispatch
from core.dispatch.service import DELIVERING
from core.photos import tasks as photos
from core.photos.service import DRAWING as DRAWING_PHOTO
from core.timetable import Entry
from core.worker.jobs import Kinds
from core.worker.loop import Duties
from traceability import tasks
from traceability.service import DRAWING, ISSUING

KINDS: Kinds = {
    CHECKING: catalog.check_import,
    WRITING: catalog.write_import,
    UNDOING: catalog.undo_import,
    EXPORTING_SHEET: catalog.export_sheet,
    ISSUING: tasks.issue_batch,
    DRAWING: tasks.draw_labels,
    DRAWING_PHOTO: photos.draw_photo,
    EXPORTING: export_person,
    DELIVERING: dispatch.deliver,
    WIPING: wiping.wipe_practice,
}

PUBLISHING = "publish log"  # /readyz tells how it last went.

TIMETABLE = (
    Entry("seal audit", timedelta(minutes=1), audit_chain.seal),
    Entry("sweep batches", timedelta(minutes=10), tasks.sweep_batches),
    # A lock on the log's folder keeps two apart; a stamp waits no ten minutes for one that died.
    Entry(PUBLISHING, timedelta(seconds=1), tasks.publish_log, lease=timedelta(seconds=20)),
    Entry("ask witnesses", timedelta(seconds=30), tasks.ask_witnesses),
    Entry("watch log", timedelta(days=1), tasks.watch_log),
    Entry("commit batches", timedelta(minutes=10), tasks.commit_batches),
    Entry("keep months of stamps", timedelta(minutes=10), tasks.keep_months),
    Entry("apply account changes", timedelta(minutes=1), accounts.apply_changes),
    Entry("keep last month", timedelta(minutes=1), month.keep_last_month),
    Entry("erase people", timedelta(minutes=10), erase_due),
    *FORGETTING,
)

# One second: how long a listing just published may be missing from what is found.
BY_EACH = (Entry("follow the feed of search", timedelta(seconds=1), catch_up),)

DUTIES = Duties(REACTIONS, KINDS, TIMETABLE, BY_EACH)
