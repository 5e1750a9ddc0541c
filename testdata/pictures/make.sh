#!/bin/sh
# make.sh: the README's picture of the page, of a captured server. Needs chromium and
# ImageMagick.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go run -C ../.. ./cmd/audit -replay testdata/hosts/qemu-trixie -format html > "$work/page.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" \
  --window-size=960,1030 --screenshot="$work/page.png" "file://$work/page.html" 2>/dev/null
convert "$work/page.png" +dither -colors 32 -define png:compression-level=9 page.png
