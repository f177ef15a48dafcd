import ast
from collections.abc import Iterator
from pathlib import Path

import core.text
from core.text.refusal import CODES


def refusals() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every code that core.text refuses with, and the values it gives."""
    for path in Path(core.text.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Unreadable":
                values = tuple(keyword.arg or "**" for keyword in node.keywords)
                for code in ast.walk(node.args[0]):
                    if isinstance(code, ast.Constant):
                        yield str(code.value), values


def test_the_table_of_codes_is_what_the_code_refuses_with() -> None:
    assert dict(refusals()) == CODES
    assert set(refusals()) == set(CODES.items())
