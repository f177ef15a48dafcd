"""What a recall of a lot says: why, what to do with the goods, what the buyer gets. Pure."""

from enum import IntEnum, StrEnum

from traceability.rules.entries import MAKER


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


class Rank(IntEnum):
    """How far the word of whoever calls a lot back reaches; kept with the recall."""

    MAKER = 0
    COMMUNE = 1
    PROVINCE = 2
    COUNTRY = 3  # The whole country's officers, and who runs the platform.


def rank_of(role: str) -> Rank:
    """Give the rank of somebody as the log names them: `MAKER`, `OPERATOR`, or `officer_of`."""
    if role == MAKER:
        return Rank.MAKER
    if role.startswith("officer of commune "):
        return Rank.COMMUNE
    return Rank.PROVINCE if role.startswith("officer of province ") else Rank.COUNTRY


def may_lift_recall(role: str, called_by: str) -> bool:
    """Say whether one may end another's recall: whoever called the lot back, or one above them."""
    mine, theirs = rank_of(role), rank_of(called_by)
    return mine > theirs or role == called_by or mine is theirs is Rank.COUNTRY
