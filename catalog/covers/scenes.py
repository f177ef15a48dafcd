"""What stands behind a motif: nothing, a sun, an arch, a field, hills, warp threads."""

SCENES: tuple[str, ...] = (
    "",
    '<circle cx="160" cy="184" r="130" fill="$t"/>',
    '<path d="M40 338V176a120 120 0 0 1 240 0v162Z" fill="$t"/>',
    '<path d="M-800 262H1120V338H-800Z" fill="$t"/>',
    '<path fill="$t" d="M-800 338C-200 90 0 240 20 288q150-160 310-8 300-200 790 58"/>',
    '<path d="M-800 169H1120" stroke="$t" stroke-width="338" stroke-dasharray="10 22"/>',
    '<path d="M20 20H300V318H20Z" fill="$t"/>',
)
