"""Whom a verifier believes (c2sp.org/tlog-policy): logs, witnesses, and how many must agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from traceability.log.encoding import decimal_number
from traceability.log.errors import KeyRefused, PolicyRefused
from traceability.log.notes import COSIGNATURE, ED25519, VerifyingKey

NO_QUORUM = "none"
ALL = "witnesses"  # The group of all, in the policies written here.
RESERVED = (NO_QUORUM, ALL)  # What no witness in them can be called.
MOST_BYTES = 100_000
_LINE_ITEMS = {"log": (2, 3), "witness": (3, 4), "quorum": (2, 2), "group": (4, MOST_BYTES)}


@dataclass(frozen=True)
class Group:
    """Is met once `least` of its members are: witnesses, or groups named before it."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """The keys of logs, those of witnesses by the name they have here, and the quorum."""

    logs: tuple[VerifyingKey, ...]
    witnesses: Mapping[str, VerifyingKey]
    groups: Mapping[str, Group]
    quorum: str

    def is_met(self, signers: Collection[VerifyingKey]) -> bool:
        """Whether the witnesses among those who signed are enough."""
        return self.quorum == NO_QUORUM or self._agrees(self.quorum, signers)

    def _agrees(self, name: str, signers: Collection[VerifyingKey]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in signers
        group = self.groups[name]
        return sum(self._agrees(one, signers) for one in group.members) >= group.least


def policy_text(log: VerifyingKey, witnesses: Mapping[str, VerifyingKey], least: int) -> str:
    """The policy that `least` of these witnesses must have cosigned this log.

    Raises:
        PolicyRefused: a name cannot stand in a policy, or there are fewer witnesses.
    """
    lines = [f"log {log.text}", *(f"witness {name} {key.text}" for name, key in witnesses.items())]
    if least:
        lines += [f"group {ALL} {least} {' '.join(witnesses)}", f"quorum {ALL}"]
    else:
        lines.append(f"quorum {NO_QUORUM}")
    text = "\n".join(lines) + "\n"
    parse_policy(text)  # A name with a space would say something else.
    return text


def parse_policy(text: str) -> Policy:
    """Read a policy file.

    Raises:
        PolicyRefused: it is none; the text says which line.
    """
    if len(text) > MOST_BYTES or any(letter < " " and letter not in "\t\n" for letter in text):
        raise PolicyRefused("too large, or control characters")
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        items = line.replace("\t", " ").split(" ")
        items = [item for item in items if item]
        if items and not items[0].startswith("#"):
            try:
                reader.take(items)
            except (KeyRefused, PolicyRefused) as wrong:
                raise PolicyRefused(f"line {number}: {wrong}") from wrong
    return reader.policy()


class _Reader:
    """Takes the lines of a policy in turn."""

    def __init__(self) -> None:
        self.logs: list[VerifyingKey] = []
        self.witnesses: dict[str, VerifyingKey] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self._members: set[str] = set()

    def take(self, items: Sequence[str]) -> None:
        least, most = _LINE_ITEMS.get(items[0], (0, 0))
        if not least <= len(items) <= most:
            raise PolicyRefused("no such line")
        if items[0] == "log":
            self.logs.append(_new_key(items[1], ED25519, self.logs))
        elif items[0] == "witness":
            self._name(items[1])
            known = self.witnesses.values()
            self.witnesses[items[1]] = _new_key(items[2], COSIGNATURE, known)
        elif items[0] == "group":
            self._take_group(items[1], items[2], items[3:])
        else:
            self._take_quorum(items[1])

    def policy(self) -> Policy:
        if self.quorum is None:
            raise PolicyRefused("no quorum")
        return Policy(tuple(self.logs), self.witnesses, self.groups, self.quorum)

    def _name(self, name: str) -> None:
        if name in self.witnesses or name in self.groups or name == NO_QUORUM:
            raise PolicyRefused(f"{name} is named twice")

    def _take_group(self, name: str, least: str, members: Sequence[str]) -> None:
        self._name(name)
        known = self.witnesses.keys() | self.groups.keys()
        taken = self._members & set(members)
        if taken or len(set(members)) < len(members) or not set(members) <= known:
            raise PolicyRefused("members are named before, and stand in one group")
        words = {"any": 1, "all": len(members)}
        count = words[least] if least in words else decimal_number(least, PolicyRefused)
        if not 1 <= count <= len(members):
            raise PolicyRefused("a group needs some of its members")
        self._members.update(members)
        self.groups[name] = Group(count, tuple(members))

    def _take_quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise PolicyRefused("a second quorum")
        if name not in (NO_QUORUM, *self.witnesses, *self.groups):
            raise PolicyRefused(f"{name} is not named before")
        self.quorum = name


def _new_key(text: str, algorithm: int, known: Collection[VerifyingKey]) -> VerifyingKey:
    key = VerifyingKey.from_text(text)
    if key.algorithm != algorithm:
        raise PolicyRefused("a key of another kind")
    if any(one.public == key.public for one in known):
        raise PolicyRefused("a key twice")
    return key
