"""Tables of accounts."""

from accounts.models.consents import Consent
from accounts.models.enterprises import Enterprise, Membership
from accounts.models.people import Appointment, PasswordLink, Person, SignIn

__all__ = ["Appointment", "Consent", "Enterprise", "Membership", "PasswordLink", "Person", "SignIn"]
