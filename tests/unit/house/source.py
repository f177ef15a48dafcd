"""The project's own Python files as trees, for the tests of the house's rules."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("app", "core", "accounts", "catalog", "traceability")


@dataclass(frozen=True)
class Module:
    """One file: its path from the root, its text, its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The top-level package it belongs to."""
        return self.path.split("/")[0]


@cache
def tracked() -> tuple[str, ...]:
    """Every file git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def modules() -> tuple[Module, ...]:
    """The modules of all packages; tests and benchmarks are left out."""
    found = []
    for name in tracked():
        if name.endswith(".py") and name.split("/")[0] in PACKAGES:
            text = (ROOT / name).read_text(encoding="utf-8")
            found.append(Module(name, text, ast.parse(text)))
    return tuple(found)


def calls(module: Module) -> Iterator[tuple[int, str]]:
    """Each call of a module: its line, and its dotted name as written."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func)


def dotted(node: ast.AST) -> str:
    """The dotted name of an expression; empty where it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
