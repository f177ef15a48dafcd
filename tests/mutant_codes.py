"""What a fault changes of a module: the code of its functions, or its constants."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import Any, TypeAlias

from sqlalchemy import ClauseElement

from tests.mutations import Mutant

OURS = {"accounts", "app", "catalog", "core", "static", "tests", "traceability", "wsgi"}
Place: TypeAlias = tuple[str, int, bytes]  # Of a function's code: its name, line and columns.


@dataclass(frozen=True)
class Target:
    """A module and its mutants."""

    path: str
    mutants: tuple[Mutant, ...]

    @property
    def name(self) -> str:
        """As it is imported."""
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def file(self) -> str:
        """As its code names it."""
        return str(Path.cwd() / self.path)

    @cached_property
    def source(self) -> str:
        """Without any fault."""
        return Path(self.path).read_text(encoding="utf-8")


def faulty_codes(target: Target, mutant: Mutant) -> dict[Place, CodeType]:
    """The faulty stand-in of each function's code; none where they do not match in pairs."""
    right = [*_codes(compile(target.source, target.file, "exec"))]
    faulty = [*_codes(compile(mutant.source, target.file, "exec"))]
    names = [[(code.co_name, code.co_freevars) for code in codes] for codes in (right, faulty)]
    return dict(zip(map(place_of, right), faulty, strict=True)) if names[0] == names[1] else {}


def place_of(code: CodeType) -> Place:
    return code.co_qualname, code.co_firstlineno, code.co_linetable


def faulty_constants(target: Target, mutant: Mutant) -> dict[str, Any]:
    """What a fault makes of a module's plain constants; none where more than those may differ."""
    differing = [
        node
        for node, was in zip(
            ast.parse(mutant.source).body, ast.parse(target.source).body, strict=False
        )
        if ast.dump(node) != ast.dump(was)
    ]
    if len(differing) != 1 or not isinstance(differing[0], ast.Assign | ast.AnnAssign):
        return {}
    made: dict[str, Any] = {"__name__": target.name}
    try:
        exec(compile(mutant.source, target.file, "exec"), made)  # noqa: S102 - Our own module.
    except Exception:  # noqa: BLE001 - Importing it tells.
        return {}
    names = [
        node.id
        for node in ast.walk(differing[0])
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return {name: made[name] for name in names if _is_plain(made.get(name))}


def _is_plain(value: object) -> bool:
    """Whether it is the same thing wherever its module is run: no class of the module's own."""
    if isinstance(value, dict):
        return all(map(_is_plain, [*value, *value.values()]))
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return type(value) in {int, str, date} or isinstance(value, ClauseElement)


def put(target: Target, constants: dict[str, Any]) -> None:
    """Give a module, and all that took them from it by name, its faulty constants."""
    for name, value in constants.items():
        right = getattr(sys.modules[target.name], name)
        for module in [*sys.modules.values()]:
            is_ours = module.__name__.split(".")[0] in OURS
            if is_ours and module.__dict__.get(name) is right:
                setattr(module, name, value)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def outline(source: str) -> str:
    """A module without the bodies of its functions: what happens as it is imported."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Pass()]
    return ast.dump(tree)


def statement(source: str, line: int) -> range:
    """The lines of the innermost statement around a line; of a block, those before its body."""
    around = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and _begins(node) <= line <= (node.end_lineno or line)
    ]
    innermost = max(around, key=_begins)
    body = getattr(innermost, "body", None)
    end = body[0].lineno - 1 if isinstance(body, list) and body else innermost.end_lineno
    return range(_begins(innermost), max(end or line, line) + 1)


def _begins(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min(node.lineno, *(each.lineno for each in decorators)) if decorators else node.lineno
