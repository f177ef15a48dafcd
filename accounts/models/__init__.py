"""Tables of accounts."""

from accounts.models.enterprises import Enterprise, Membership
from accounts.models.people import Appointment, PasswordLink, Person, SignIn

__all__ = ["Appointment", "Enterprise", "Membership", "PasswordLink", "Person", "SignIn"]
