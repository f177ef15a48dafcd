"""A disk that forgets what was not made durable, and a hand that breaks any one act on a disk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from traceability.log.files import Files


class Killed(BaseException):
    """The process is gone: nothing may catch this and go on."""


@dataclass
class File:
    content: bytes


class Folder:
    """A name that other names stand below."""


Names = dict[Path, File | Folder]


@dataclass
class ForgetfulDisk:
    """Names are durable only once their folder is synced; POSIX promises no more."""

    names: Names = field(default_factory=lambda: {Path("/"): Folder()})
    durable: Names = field(default_factory=lambda: {Path("/"): Folder()})

    def lose_power(self, keeps: Callable[[Path], bool]) -> None:
        """Each name not synced is kept or lost as `keeps` says, and all below a lost folder."""
        changed = {path for path in self.names | self.durable if self._differs(path)}
        kept = {path for path in changed if keeps(path)}
        left = {
            path: self.names[path] if path in kept or path not in changed else self.durable[path]
            for path in self.names | self.durable
            if path in (self.names if path in kept or path not in changed else self.durable)
        }
        self.names = {
            path: what for path, what in left.items() if all(one in left for one in path.parents)
        }
        self.durable = dict(self.names)

    def _differs(self, path: Path) -> bool:
        return self.names.get(path) is not self.durable.get(path)

    def read(self, path: Path) -> bytes | None:
        found = self.names.get(path)
        return found.content if isinstance(found, File) else None

    def make_folder(self, path: Path) -> None:
        for one in (*reversed(path.parents), path):
            self.names.setdefault(one, Folder())

    def write(self, path: Path, content: bytes) -> None:
        assert path.parent in self.names, path
        found = self.names.get(path)
        if isinstance(found, File):
            found.content = content  # The same file, written anew: also under its durable name.
        else:
            self.names[path] = File(content)

    def rename(self, old: Path, new: Path) -> None:
        self.names[new] = self.names.pop(old)

    def sync_folder(self, path: Path) -> None:
        for one in {each for each in self.names | self.durable if each.parent == path}:
            if one in self.names:
                self.durable[one] = self.names[one]
            else:
                self.durable.pop(one)

    def remove_folder(self, path: Path) -> None:
        for one in [each for each in self.names if each == path or path in each.parents]:
            self.names.pop(one)

    @contextmanager
    def alone(self, path: Path) -> Iterator[None]:
        assert path.parent in self.names, path
        yield


@dataclass
class Breaking:
    """Passes acts on to a disk until the one numbered `at`: that one breaks, once."""

    files: Files
    at: int
    how: str  # before | half | after
    fault: BaseException
    done: int = 0

    def _act(self, whole: Callable[[], None], half: Callable[[], None]) -> None:
        self.done += 1
        if self.done != self.at:
            whole()
            return
        {"before": lambda: None, "half": half, "after": whole}[self.how]()
        raise self.fault

    def read(self, path: Path) -> bytes | None:
        return self.files.read(path)

    def make_folder(self, path: Path) -> None:
        self._act(lambda: self.files.make_folder(path), lambda: self.files.make_folder(path.parent))

    def write(self, path: Path, content: bytes) -> None:
        self._act(
            lambda: self.files.write(path, content),
            lambda: self.files.write(path, content[: len(content) // 2]),
        )

    def rename(self, old: Path, new: Path) -> None:
        self._act(lambda: self.files.rename(old, new), lambda: None)

    def sync_folder(self, path: Path) -> None:
        self._act(lambda: self.files.sync_folder(path), lambda: None)

    def remove_folder(self, path: Path) -> None:
        self._act(lambda: self.files.remove_folder(path), lambda: None)

    @contextmanager
    def alone(self, path: Path) -> Iterator[None]:
        with self.files.alone(path):
            yield
