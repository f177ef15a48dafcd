"""The folder of keys and data, and the demo's key in it."""

from pathlib import Path

from core import ids


def secret_key_of(instance: Path) -> str:
    """The demo's key, drawn once into `instance/secret_key` (0600)."""
    path = instance / "secret_key"
    if not path.exists():
        make_private(instance)
        drawn = path.with_name("secret_key.part")  # A full disk leaves no empty key.
        drawn.touch(mode=0o600)
        drawn.write_text(ids.random_bytes(32).hex())
        drawn.replace(path)
    return path.read_text().strip()


def make_private(folder: Path) -> None:
    """Make the folder of keys and data, closed to other users; one that is there stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
