"""What a recall of a lot says: why, what to do with the goods, what the buyer gets. Pure."""

from enum import StrEnum


class RecallReason(StrEnum):
    """Why goods are called back. The list is data of the log: never rename or reuse."""

    CONTAMINATED = "contaminated"  # Germs or poisons.
    RESIDUE = "residue"  # Of pesticides or medicines.
    FOREIGN_BODY = "foreign_body"
    SPOILED = "spoiled"
    ALLERGEN = "allergen"  # Not named on the label.
    LABEL = "label"
    DEFECT = "defect"  # Of things one does not eat.
    OTHER = "other"  # In own words alone.


class Advice(StrEnum):
    """What whoever has the goods should do."""

    KEEP = "keep"
    BRING_BACK = "bring_back"
    THROW_AWAY = "throw_away"


class Remedy(StrEnum):
    """What whoever has the goods may ask for."""

    EXCHANGE = "exchange"
    REFUND = "refund"
    EITHER = "either"


class LiftReason(StrEnum):
    """Why a recall ends."""

    DONE = "done"  # The goods are back, or what was wrong is put right.
    CLEARED = "cleared"  # Looked into: nothing is wrong with them.
    MISTAKEN = "mistaken"  # The wrong lot, or a slip of the finger.
