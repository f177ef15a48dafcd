"""A real Chromium for tests, and what axe finds on a page."""

import os
import shutil
import subprocess
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

from tests.servers import packages
from tests.servers.processes import UnavailableError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
NPM_VERSION = "153.0.0"
UNPACK = (
    "import('@sparticuz/chromium')"
    ".then(async package_ => console.log(await package_.default.executablePath()))"
)
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-sandbox",  # Chromium's sandbox refuses root; the pages are our own.
    "--disable-dev-shm-usage",  # Containers give 64 MB of it.
)
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")


def chromium_path() -> str:
    """Find a Chromium, by GOC_TEST_CHROMIUM, on the machine, by apt, or by npm; give its path.

    Raises:
        UnavailableError: none of these; says why.
    """
    given = os.environ.get("GOC_TEST_CHROMIUM") or _installed()
    if given:
        return given
    try:
        packages.apt_install("chromium", "fonts-noto-core")
    except UnavailableError as missing:
        return _from_npm(missing)
    return _installed() or _from_npm(UnavailableError("apt installed no chromium"))


def _installed() -> str | None:
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    return found or (str(MAC) if MAC.exists() else None)


def _from_npm(missing: UnavailableError) -> str:
    """Fetch npm's, which needs the machine's libnss3; `missing` says why no installed one."""
    if shutil.which("npm") is None:
        raise missing
    home = packages.cache_folder() / f"chromium-{NPM_VERSION}"
    install = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]
    with packages.cache_lock("chromium"):
        home.mkdir(exist_ok=True)
        (home / "package.json").write_text("{}\n")
        for command in (
            [*install, "--prefix", str(home), f"@sparticuz/chromium@{NPM_VERSION}"],
            ["node", "--input-type=module", "-e", UNPACK],
        ):
            done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
            if done.returncode:
                raise UnavailableError(f"{missing}; {command[0]}: {done.stderr.strip()[:200]}")
    return done.stdout.strip()


def launch(playwright: Playwright, path: str | None = None) -> Browser:
    """Start the Chromium at `path` (without: the one `chromium_path` finds), headless."""
    return playwright.chromium.launch(
        executable_path=path or chromium_path(), headless=True, args=list(FLAGS)
    )


def findings(page: Page) -> list[str]:
    """Tell what axe finds against WCAG 2.2 AA: a line a place, empty when nothing.

    The page's context must be made with `bypass_csp=True`.
    """
    page.evaluate("document.fonts.ready")
    options = {"resultTypes": ["violations"], "runOnly": list(WCAG)}
    answer = Axe().run(page, options=options).response
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]
