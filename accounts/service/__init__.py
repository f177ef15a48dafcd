"""What people and programs can do to accounts: one verb, one function."""

from accounts.service.enterprises import NewEnterprise, add_enterprises

__all__ = ["NewEnterprise", "add_enterprises"]
