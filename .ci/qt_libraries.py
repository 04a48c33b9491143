"""Name the Debian packages of the system libraries that the installed Qt cannot find here, one a line.

Prints nothing and exits 0 when all is there. Found by loading what the program uses; only when that fails
does `ldd` list every missing name. The table was made by running this in an empty Debian 12.
"""

import ctypes
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

USED = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6PrintSupport.so.6",
    "lib/libQt6Svg.so.6",
    "lib/libQt6Network.so.6",
    "lib/libQt6Test.so.6",
    "plugins/platforms/libqoffscreen.so",
    "plugins/platforms/libqxcb.so",
    "plugins/platforms/libqwayland-generic.so",
    "plugins/platforms/libqwayland-egl.so",
    "plugins/xcbglintegrations/libqxcb-glx-integration.so",
    "plugins/xcbglintegrations/libqxcb-egl-integration.so",
    "plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "plugins/printsupport/libcupsprintersupport.so",
)

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main() -> int:
    """Print the packages; 0 nothing is missing, 3 something is, 1 Qt itself is not installed."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        print("PySide6 is not installed", file=sys.stderr)
        return 1
    qt = Path(spec.origin).parent / "Qt"
    failing = [file for name in USED if (file := qt / name).exists() and not loads(file)]
    names = {name for file in failing for name in missing(file)}
    for package in sorted({PACKAGES.get(name, name) for name in names}):
        print(package)
    return 3 if failing else 0


def loads(file: Path) -> bool:
    """Whether the loader finds all that this library needs."""
    try:
        ctypes.CDLL(str(file))
    except OSError:
        return False
    return True


def missing(file: Path) -> list[str]:
    """The names that the loader does not find; the file's own when it fails for another reason."""
    ldd = shutil.which("ldd")
    if ldd is None:
        return [file.name]
    listed = subprocess.run([ldd, str(file)], capture_output=True, text=True, check=False).stdout
    return re.findall(r"(\S+) => not found", listed) or [file.name]


if __name__ == "__main__":
    sys.exit(main())
