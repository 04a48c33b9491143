#!/bin/sh
# For this user: menu entry of the desk, and .gmb opened by it. Usage: install.sh [FOLDER OF THE PROGRAM]
# Needs nothing beyond a shell; the two databases are renewed where their tools are there (most desktops have them).
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
mkdir -p "$data/applications" "$data/mime/packages" "$data/icons/hicolor/scalable/apps"
cp "$here/station-bundle.xml" "$data/mime/packages/"
cp "$here/station-app.svg" "$data/icons/hicolor/scalable/apps/"
program=station-app
if [ $# -gt 0 ]; then
    folder=$(CDPATH= cd -- "$1" && pwd)
    [ ! -x "$folder/launcher/station-app" ] || folder=$folder/launcher
    program="\"$folder/station-app\""
fi
sed "s|^Exec=station-app|Exec=$program|" "$here/station-app.desktop" >"$data/applications/station-app.desktop"
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime"; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications"; fi
