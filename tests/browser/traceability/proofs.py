"""The script that checks proofs, in a page of its own, beside the Python it must agree with."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from tests.unit.traceability.log.stamps import POLICY_TEXT
from traceability.log.checking import Outcome, check_stamp
from traceability.log.errors import LogRefusal
from traceability.log.policy import parse_policy
from traceability.log.proofs import parse_stamp_proof

STATIC = Path(__file__).parents[3] / "static"
FALLBACK = "vendor/noble-ed25519-3.2.0/ed25519.js"
# What a browser does that has WebCrypto, but no Ed25519: Chrome 136, Samsung Internet.
NO_ED25519 = """
const known = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = async (form, key, name, ...more) => {
  if (name === "Ed25519") throw new DOMException("unknown", "NotSupportedError");
  return known(form, key, name, ...more);
};
"""
_CHECK_ALL = """async ([files, policy, options]) => {
  const found = [];
  for (const file of files) {
    const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
    found.push(await stampProof.check(bytes, policy, options));
  }
  return found;
}"""


@dataclass(frozen=True)
class Checked:
    """What the script found of one file."""

    outcome: str
    passed: tuple[str, ...]
    witnesses: tuple[str, ...]
    later: tuple[dict[str, Any], ...]
    why: str


def open_script(page: Page) -> Page:
    """Open a page that has our script and nothing else, where browsers allow WebCrypto."""
    page.route("https://goc.example/**", _answer)
    page.goto("https://goc.example/")
    page.add_script_tag(url="https://goc.example/traceability/proof.js")
    return page


def checked(
    page: Page, files: Sequence[bytes], *, policy: str = POLICY_TEXT, serial: str = ""
) -> list[Checked]:
    """What the script says of each of these files."""
    options = {"serial": serial, "fallback": {"src": f"/{FALLBACK}", "integrity": ""}}
    encoded = [base64.b64encode(one).decode() for one in files]
    found = page.evaluate(_CHECK_ALL, [encoded, policy, options])
    return [
        Checked(
            outcome=one["outcome"],
            passed=tuple(one["passed"]),
            witnesses=tuple(one["witnesses"]),
            later=tuple(one["later"]),
            why=one["why"],
        )
        for one in found
    ]


def outcome_in_python(file: bytes, *, policy: str = POLICY_TEXT) -> str:
    """What `python -m traceability.verify` comes to."""
    try:
        proof = parse_stamp_proof(file.decode())
    except (LogRefusal, UnicodeDecodeError):
        return Outcome.MISMATCH.value
    return check_stamp(proof, parse_policy(policy)).outcome.value


def _answer(route: Route) -> None:
    path = STATIC / route.request.url.removeprefix("https://goc.example/").split("?")[0]
    if path.is_file():
        route.fulfill(body=path.read_bytes(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>-</title>", content_type="text/html")
