"""The one table of who fills which slot. Fillers stand in the feature that is shown."""

from core.slots import SlotTable

SLOTS: SlotTable = {
    # By enterprise: what to do today, one `todo` of templates/ui/macros/state.html a panel.
    "manage.todo": (),
    # By enterprise: what else the seller's home shows, below the things to do.
    "manage.panels": (),
    # By message (core.messages.messages_by_id): its sentence, for the kinds of the feature.
    "manage.message": (),
    # By product: what its origin panel tells besides its rank and lots (stamps, events).
    "product.origin": (),
    # By lot: its public story.
    "lot.story": (),
    # By appointment (accounts.queries.offices_by_id gives its area): the officer's queues.
    "office.queue": (),
}
