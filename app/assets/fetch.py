"""Fetch the third-party files of `static/vendor` anew: `python -m app.assets.fetch`.

Each package of `manifest.json` is taken from npm by its own client (`npm pack`) and unpacked into
`NAME-VERSION/` with its licence. The web fonts are also joined into one TrueType file a weight,
because a PDF cannot embed WOFF2; a script whose comments outweigh it is squeezed by one version of
esbuild. A file whose SHA-256 is not the manifest's stops everything: nothing unexpected reaches a
page.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from pydantic import BaseModel

from app.settings import ROOT

VENDOR = ROOT / "static" / "vendor"
SQUEEZER = "esbuild@0.25.12"  # Another version may write other bytes than the manifest's sums.

_FONT_MADE_AT = (
    3_700_000_000  # Seconds since 1904: any fixed value, so that the sum stays the same.
)


class VendoredFile(BaseModel):
    """One committed file: its name here, where it comes from, and what it must be."""

    name: str
    sources: list[str]
    sha256: str
    squeezed: bool = False  # Without comments, in the letters that weak signals can spare.


class VendoredPackage(BaseModel):
    """One npm package, pinned."""

    package: str
    folder: str
    version: str
    licence: str
    why: str
    files: list[VendoredFile]


def manifest() -> list[VendoredPackage]:
    """Give the pinned packages, in the order of the file."""
    entries = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    return [VendoredPackage.model_validate(entry) for entry in entries]


def folder_of(package: VendoredPackage) -> Path:
    """Give the folder that holds a package's files."""
    return VENDOR / f"{package.folder}-{package.version}"


def fetch(package: VendoredPackage) -> None:
    """Write a package's files into its folder.

    Raises:
        SystemExit: a file is not what the manifest says.
    """
    with tempfile.TemporaryDirectory() as scratch:
        unpacked = _unpack(package, Path(scratch))
        for file in package.files:
            content = _content(file, unpacked, Path(scratch))
            found = hashlib.sha256(content).hexdigest()
            if found != file.sha256:
                sys.exit(f"{file.name}: SHA-256 is {found}, the manifest says {file.sha256}")
            target = folder_of(package) / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _unpack(package: VendoredPackage, scratch: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{package.package}@{package.version}"]
    subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed words and our own manifest.
    archive = next(scratch.glob("*.tgz"))
    with tarfile.open(archive) as tar:
        tar.extractall(scratch, filter="data")
    return scratch / "package"


def _content(file: VendoredFile, unpacked: Path, scratch: Path) -> bytes:
    if file.squeezed:
        return _squeezed(unpacked / file.sources[0], scratch)
    if len(file.sources) == 1:
        return (unpacked / file.sources[0]).read_bytes()
    return _joined_font([unpacked / source for source in file.sources], scratch)


def _squeezed(script: Path, scratch: Path) -> bytes:
    """The same module in fewer bytes; comments that name a licence stay."""
    form = ["--minify", "--format=esm", "--target=es2020", "--legal-comments=inline"]
    command = ["npx", "--yes", SQUEEZER, str(script), *form, "--log-level=error"]
    done = subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.PIPE)  # noqa: S603 - fixed words and our own manifest.
    return done.stdout


def _joined_font(subsets: list[Path], scratch: Path) -> bytes:
    """Join subsets of one face into a TrueType file, byte for byte the same each time."""
    from fontTools.merge import Merger  # noqa: PLC0415 - only `make vendor` needs fontTools.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    plain = []
    for subset in subsets:
        font = TTFont(subset, recalcTimestamp=False)
        font.flavor = None
        path = scratch / f"{subset.stem}.ttf"
        font.save(path)
        plain.append(str(path))
    joined = Merger().merge(plain)
    joined.recalcTimestamp = False
    joined["head"].created = joined["head"].modified = _FONT_MADE_AT
    path = scratch / "joined.ttf"
    joined.save(path)
    return path.read_bytes()


if __name__ == "__main__":
    for pinned in manifest():
        fetch(pinned)
        sys.stdout.write(f"{pinned.package} {pinned.version}: {len(pinned.files)} files\n")
