"""The one table of who fills which slot. Fillers stand in the feature that is shown."""

from collections.abc import Sequence

from accounts import inbound as accounts_inbound
from accounts import service as accounts_service
from accounts import slots as accounts
from accounts.queries import month_of_makers, month_of_trainings
from app import erasing, failures
from catalog import service as catalog_service
from catalog import slots as catalog
from catalog.queries import figures as goods
from core.figures import CountOfMakers, CountOfMonth
from core.inbound.port import Reader
from core.named import NamedObjects
from core.slots import SlotTable
from traceability import inbound as traceability_inbound
from traceability.queries import figures as stamps
from traceability.slots import (
    asking,
    cases,
    dealing,
    home,
    manage,
    office,
    printing,
    public,
    recalls,
    training,
    watching,
)

# `person.export` and `person.erase` are tables of what is held, not pages: app/personal.py.
SLOTS: SlotTable = {
    # By enterprise: what to do today, one `todo` of templates/ui/macros/state.html a panel. Lower
    # ranks are more urgent: an open report −1, what stops all work 0, what waits for long 50.
    "manage.todo": (
        accounts.enterprise_to_send,
        recalls.recalls_going_on,
        cases.cases_to_look_into,
        manage.reports_to_read,
        manage.alarms_to_answer,
        asking.askings_to_answer,
        manage.stamps_to_stick,
        printing.spoiled_prints,
        catalog.todo,
        catalog.papers_ending,
    ),
    # By enterprise: figures as pictures; nothing for who has none yet. Three statements in all.
    "manage.figures": (
        home.checks_by_week,
        home.stamps_printed_and_active,
        catalog.listings_drawn,
    ),
    # By enterprise: what else the seller's home shows, below the things to do.
    "manage.panels": (
        accounts.standing,
        accounts.who_did_what,
        accounts.own_enterprise,
        accounts.way_to_practice,
    ),
    # By message (core.messages.messages_by_id): its sentence, for the kinds of the feature.
    "manage.message": (
        manage.message_sentences,
        printing.print_messages,
        watching.watch_messages,
        dealing.delivery_messages,
        cases.case_messages,
        asking.asking_messages,
        recalls.recall_messages,
        catalog.messages,
        accounts.messages,
        accounts.reminders,
    ),
    # By person: the sections of the page of one's own account, one section a panel.
    "account.sections": (
        accounts.own_account,
        accounts.practice_of_account,
        erasing.waiting_erasure,
    ),
    # By learner of a training (accounts.queries.steps_of): what each has done once, a step a panel.
    "training.steps": (catalog.listed_by_learners, training.stamped_and_scanned),
    # By product: what its origin panel tells besides its rank and lots (stamps, events).
    "product.origin": (public.stamps_of_products,),
    # By lot: its public story.
    "lot.story": (recalls.recalls_of_lots, public.story_of_lots),
    # By lot: what the seller's list says of its stamps.
    "lots.stamps": (manage.stamps_of_lots,),
    # By appointment (accounts.queries.offices_by_id gives its area): the officer's queues.
    "office.queue": (
        accounts.sellers_of_area,
        accounts.moves_of_area,
        catalog.office_queue,
        catalog.recognitions_of_area,
        recalls.recalls_of_area,
        cases.cases_of_area,
        office.reports_of_area,
        office.refused_orders_of_area,
        failures.for_operators,
    ),
}

# By kind of what bears a name (core.named): how the version an officer saw is raised.
NAMED_OBJECTS: NamedObjects = {
    "enterprise": accounts_service.raise_judged_version,
    "product": catalog_service.raise_judged_version,
}

# By maker: what officers and helpers see of it in their list (app/caring/needs.py has the words).
MAKER_FIGURES: tuple[CountOfMakers, ...] = (goods.figures_of_makers, stamps.figures_of_makers)
# By area and month: the figures of "Báo cáo tháng" (app/caring/month_words.py has the words).
# Sales join here once something counts them.
MONTH_FIGURES: tuple[CountOfMonth, ...] = (
    month_of_makers,
    goods.month_of_goods,
    stamps.month_of_stamps,
    month_of_trainings,
)
# Who reads an SMS that came in, one after another: the first that understands it answers.
SMS_READERS: Sequence[Reader] = (accounts_inbound.read_sms, traceability_inbound.read_sms)
SMS_HELP = (
    "Goc chua hieu tin nay. Kiem tem: nhan 13 chu va so tren tem. Ai do xin giup ban: nhan 2 so"
    " tren may ho, hay KHONG. Thoi cho giup: THOI. Ma: khong doc cho ai."
)
