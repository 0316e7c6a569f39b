"""Makes the fonts of the theme and their stylesheet anew, from npm's packages; run by hand (decision 22).

    python3 -m venv build/fonts && build/fonts/bin/pip install "fonttools[woff]" uharfbuzz
    npm install --prefix build/fonts @fontsource-variable/{newsreader,atkinson-hyperlegible-next}@5.3.0 \
      @fontsource/{arimo,gelasio,noto-serif,roboto,tinos}@5.3.0
    build/fonts/bin/python tests/make_fonts.py build/fonts/node_modules

The fonts of the third line are only measured. DejaVu is this machine's (Debian's fonts-dejavu-core).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path

import uharfbuzz
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "templates/theme/assets"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
# ASCII and Latin-1; of what other languages and our typography need, what the packages have.
LETTERS = {*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2009}
SIGNS = {*range(0x2018, 0x201F), 0x2013, 0x2014, 0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2212}
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "rvrn", "tnum"]
WEIGHTS = (400, 700)


@dataclass(frozen=True, eq=False)
class Font:
    """A font that pages bring along."""

    name: str
    package: str
    axes: dict[str, float | tuple[float, float]]

    @property
    def file(self) -> str:
        return f"{self.name.lower().replace(' ', '-')}.woff2"

    def source(self, modules: Path) -> Path:
        kind = "opsz" if "opsz" in self.axes else "wght"
        return modules / f"@fontsource-variable/{self.package}/files/{self.package}-latin-{kind}-normal.woff2"


@dataclass(frozen=True)
class Stand:
    """A font of readers' devices that stands in until ours is there; `names` are what `local()` may find."""

    name: str
    names: dict[int, list[str]]
    measured: str
    """What has its widths: a package, or a file of DejaVu."""

    def source(self, modules: Path, weight: int) -> Path:
        if self.measured.startswith("DejaVu"):
            return DEJAVU / f"{self.measured}{'-Bold' if weight == WEIGHTS[1] else ''}.ttf"
        return modules / f"@fontsource/{self.measured}/files/{self.measured}-latin-{weight}-normal.woff2"


SERIF = Font("Newsreader", "newsreader", {"opsz": 14, "wght": WEIGHTS})
SANS = Font("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next", {"wght": WEIGHTS})


def _names(*families: str) -> dict[int, list[str]]:
    return {400: list(families), 700: [f"{family} Bold" for family in families]}


STANDS = {
    SERIF: [
        Stand("Georgia", _names("Georgia", "Gelasio"), "gelasio"),
        Stand("Noto Serif", _names("Noto Serif", "Noto Serif Regular"), "noto-serif"),
        Stand("Times", _names("Times New Roman", "Liberation Serif", "Tinos"), "tinos"),
        Stand("DejaVu Serif", _names("DejaVu Serif"), "DejaVuSerif"),
    ],
    SANS: [
        Stand("Roboto", _names("Roboto"), "roboto"),
        Stand("Arial", _names("Arial", "Liberation Sans", "Arimo"), "arimo"),
        Stand("DejaVu Sans", _names("DejaVu Sans"), "DejaVuSans"),
    ],
}

OURS = """@font-face {{
  font-family: "{name}";
  font-weight: {lightest} {boldest};
  font-display: swap;
  src: url("../fonts/{file}") format("woff2");
  unicode-range: {ranges};
}}
"""
STANDS_IN = """@font-face {{
  font-family: "{name}";
  font-weight: {weight};
  src: {sources};
  ascent-override: {ascent:.1%};
  descent-override: {descent:.1%};
  line-gap-override: 0%;
  size-adjust: {size:.1%};
}}
"""
HEAD = """/* The fonts that come with the site, and what stands in until they are there: a font of the device,
   drawn as wide as ours, so that lines break at the same words. Made by tests/make_fonts.py. */
"""


def again(font: TTFont) -> TTFont:
    """The font as it is read from a file: what one step left open would trip the next."""
    held = BytesIO()
    font.flavor = None
    font.save(held)
    held.seek(0)
    return TTFont(held, recalcTimestamp=False)


def subset(source: Path, axes: dict[str, float | tuple[float, float]]) -> TTFont:
    """The letters and weights that we use, with what joins and parts them; hints are for old screens."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cut = Subsetter(options)
    cut.populate(unicodes=LETTERS | SIGNS)
    cut.subset(font)
    return again(instantiateVariableFont(again(font), axes))


def ranges(letters: set[int]) -> str:
    """What `unicode-range` says for these letters."""
    runs = [
        [code for _, code in run] for _, run in groupby(enumerate(sorted(letters)), lambda x: x[1] - x[0])
    ]
    return ", ".join(f"U+{run[0]:X}" + (f"-{run[-1]:X}" if run[1:] else "") for run in runs)


def sample() -> str:
    """Text as readers get it."""
    files = sorted((ROOT / "content/topics").rglob("*.yml"))
    words = " ".join(file.read_text(encoding="utf-8") for file in files).split()
    return " ".join(word for word in words if word.strip("“”().,;?!'").isalpha())


def width(font: TTFont, weight: int, text: str) -> float:
    """How wide a text is, in ems."""
    held = BytesIO()
    font.flavor = None
    font.save(held)
    shaped = uharfbuzz.Font(uharfbuzz.Face(held.getvalue()))
    if "fvar" in font:
        shaped.set_variations({"wght": weight})
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaped, buffer)
    units = sum(position.x_advance for position in buffer.glyph_positions)
    return float(units / font["head"].unitsPerEm)


def css(ours: Font, font: TTFont, modules: Path) -> list[str]:
    """The rules of a font and of what stands in for it."""
    code = ranges(set(font.getBestCmap()))
    rules = [
        OURS.format(name=ours.name, file=ours.file, ranges=code, lightest=WEIGHTS[0], boldest=WEIGHTS[1])
    ]
    text, line, em = sample(), font["hhea"], font["head"].unitsPerEm
    for stand in STANDS[ours]:
        for weight in WEIGHTS:
            size = width(font, weight, text) / width(TTFont(stand.source(modules, weight)), weight, text)
            rules.append(
                STANDS_IN.format(
                    name=f"{stand.name} for {ours.name}",
                    weight=weight,
                    sources=", ".join(f'local("{name}")' for name in stand.names[weight]),
                    ascent=line.ascent / em / size,
                    descent=-line.descent / em / size,
                    size=size,
                )
            )
    return rules


def main(modules: Path) -> None:
    """Write the fonts and their stylesheet."""
    rules = []
    for ours in (SERIF, SANS):
        font = subset(ours.source(modules), ours.axes)
        rules += css(ours, font, modules)
        font.flavor = "woff2"
        font.save(ASSETS / "fonts" / ours.file)
        print(ours.file, (ASSETS / "fonts" / ours.file).stat().st_size)
    (ASSETS / "css/fonts.css").write_text("\n".join([HEAD, *rules]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
