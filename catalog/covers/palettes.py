"""Pigments of Vietnamese woodblock prints and dyes; each a ground and four colours on it."""

Palette = dict[str, str]


def _pigments(ground: str, tint: str, main: str, ink: str, accent: str) -> Palette:
    return {"$g": ground, "$t": tint, "$m": main, "$i": ink, "$a": accent}


PALETTES: dict[str, Palette] = {
    "son": _pigments("#efdcd6", "#f9eee9", "#a8382b", "#4f140e", "#e0a84a"),
    "hoe": _pigments("#f3e3bd", "#fbf3df", "#cf962f", "#523706", "#7c8f3d"),
    "cham": _pigments("#d7e2ea", "#ecf2f6", "#34658a", "#12304a", "#d98b4a"),
    "la": _pigments("#dbe6d3", "#eef4e9", "#4c7d4a", "#17351f", "#dca43c"),
    "che": _pigments("#e6e4c8", "#f4f3e2", "#7f8a35", "#343b10", "#b5522f"),
    "dat": _pigments("#ecd9c6", "#f8ede2", "#b0633a", "#4c2410", "#5f7f5a"),
    "nau": _pigments("#e6dacb", "#f4ece3", "#7d4f2e", "#3a210f", "#cf9a45"),
    "sen": _pigments("#f1dcdc", "#fbf0ee", "#bf5f6b", "#541d2c", "#6f9160"),
    "bien": _pigments("#d3e5e2", "#e9f3f1", "#2f7c78", "#0d3b3b", "#e0a052"),
    "tim": _pigments("#e3dbe6", "#f2edf4", "#755285", "#331c40", "#d8a24c"),
    "than": _pigments("#e2ded3", "#f1eee7", "#5a5c52", "#22241e", "#c0533a"),
    "mua": _pigments("#dde1e6", "#eff1f4", "#5b6f86", "#1f2c3a", "#c9793f"),
}
