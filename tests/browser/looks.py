"""What a person can see and tap on a page, measured in the browser: a line for each fault."""

from typing import cast

from playwright.sync_api import Page

LEAST_TEXT_PIXELS = 15
LEAST_TAP_PIXELS = 44

_FAULTS = """
([leastText, leastTap]) => {
  const faults = [];
  const root = document.documentElement;
  const said = (node) => node.outerHTML.slice(0, 90).replace(/\\s+/g, " ");
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    return node.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("body *")]
      .filter((node) => seen(node) && node.getBoundingClientRect().right > innerWidth + 0.5);
    faults.push(`scrolls sideways (${root.scrollWidth}): ${wide.slice(0, 2).map(said)}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || node.closest("svg, option, datalist") || !seen(node))
      continue;
    const size = parseFloat(getComputedStyle(node).fontSize);
    if (size < leastText) faults.push(`text of ${size}px: ${said(node)}`);
  }
  const taps = "button, .btn, .chip, nav a, summary, select, textarea, input:not([type=hidden])";
  for (const node of document.querySelectorAll(taps)) {
    const small = /^(checkbox|radio)$/.test(node.type || "");
    const target = small ? node.closest("label") || node.labels[0] || node : node;
    const height = target.getBoundingClientRect().height;
    if (seen(target) && height < leastTap - 0.5) faults.push(`tap of ${height}px: ${said(node)}`);
  }
  return faults;
}
"""


def faults(page: Page) -> list[str]:
    """Tell what scrolls sideways, is too small to read, or too low to tap."""
    found = page.evaluate(_FAULTS, [LEAST_TEXT_PIXELS, LEAST_TAP_PIXELS])
    return cast("list[str]", found)
