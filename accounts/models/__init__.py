"""Tables of accounts."""

from accounts.models.bank_accounts import BankAccount
from accounts.models.care import (
    AreaMonth,
    AreaTarget,
    Caretaker,
    GroupAct,
    MakerReminder,
)
from accounts.models.changes import AccountChange
from accounts.models.consents import Consent, ConsentAsking
from accounts.models.devices import EnterpriseDevice
from accounts.models.enterprises import Enterprise, Membership
from accounts.models.factors import (
    Factor,
    RecoveryCode,
    SecondStep,
    TrustedDevice,
    UsedChallenge,
)
from accounts.models.guiding import Guiding
from accounts.models.identities import LinkedIdentity
from accounts.models.invitations import Invitation
from accounts.models.people import Appointment, PasswordLink, Person, SignIn
from accounts.models.phones import PhoneUser
from accounts.models.places import PlaceChange
from accounts.models.practice import Practice, Training, TrainingLearner, TrainingStep
from accounts.models.privacy import Erasure, PurposeConsent
from accounts.models.proofs import Proof
from accounts.models.protected import EntitledMember, NameCase, ProtectedName
from accounts.models.reviews import EnterpriseReview
from accounts.models.teams import Team, TeamMember
from accounts.models.tokens import ApiToken

__all__ = [
    "AccountChange",
    "ApiToken",
    "Appointment",
    "AreaMonth",
    "AreaTarget",
    "BankAccount",
    "Caretaker",
    "Consent",
    "ConsentAsking",
    "Enterprise",
    "EnterpriseDevice",
    "EnterpriseReview",
    "EntitledMember",
    "Erasure",
    "Factor",
    "GroupAct",
    "Guiding",
    "Invitation",
    "LinkedIdentity",
    "MakerReminder",
    "Membership",
    "NameCase",
    "PasswordLink",
    "Person",
    "PhoneUser",
    "PlaceChange",
    "Practice",
    "Proof",
    "ProtectedName",
    "PurposeConsent",
    "RecoveryCode",
    "SecondStep",
    "SignIn",
    "Team",
    "TeamMember",
    "Training",
    "TrainingLearner",
    "TrainingStep",
    "TrustedDevice",
    "UsedChallenge",
]
