"""The one table of who fills which slot. Fillers stand in the feature that is shown."""

from accounts import slots as accounts
from app import failures
from catalog import slots as catalog
from core.slots import SlotTable
from traceability.slots import manage, office, public

SLOTS: SlotTable = {
    # By enterprise: what to do today, one `todo` of templates/ui/macros/state.html a panel.
    "manage.todo": (
        accounts.enterprise_to_send,
        manage.reports_to_read,
        manage.stamps_to_stick,
        catalog.todo,
    ),
    # By enterprise: what else the seller's home shows, below the things to do.
    "manage.panels": (accounts.standing, accounts.who_did_what),
    # By message (core.messages.messages_by_id): its sentence, for the kinds of the feature.
    "manage.message": (manage.message_sentences, catalog.messages, accounts.messages),
    # By person: the sections of the page of one's own account, one section a panel.
    "account.sections": (accounts.own_account,),
    # By product: what its origin panel tells besides its rank and lots (stamps, events).
    "product.origin": (public.stamps_of_products,),
    # By lot: its public story.
    "lot.story": (public.story_of_lots,),
    # By lot: what the seller's list says of its stamps.
    "lots.stamps": (manage.stamps_of_lots,),
    # By appointment (accounts.queries.offices_by_id gives its area): the officer's queues.
    "office.queue": (
        accounts.sellers_of_area,
        catalog.office_queue,
        catalog.recognitions_of_area,
        office.reports_of_area,
        office.refused_orders_of_area,
        failures.for_operators,
    ),
}
