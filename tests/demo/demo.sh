#!/bin/sh
# The main job on the sample data: demo.sh PROGRAM WORKSPACE OUT
# September first, so that October can show what was forecast against what came.
set -eu
program=$1
workspace=$2
out=$3

mkdir -p "$out"
"$program" run cash-flow --workspace "$workspace" --period 2026-09 --format json --out "$out" >/dev/null
files=$("$program" run cash-flow --workspace "$workspace" --period 2026-10 --format pdf,html,figures --out "$out")
for extension in pdf html; do
  file=$(printf '%s\n' "$files" | grep "\.$extension\$")
  [ -s "$file" ] || { echo "demo: no $extension was made" >&2; exit 1; }
  printf '%-5s %s\n' "$(printf '%s' "$extension" | tr a-z A-Z)" "$(pwd)/$file"
done
printf 'Cash flow of October 2026, %s pages: %s\n' \
  "$(pdfinfo "$(printf '%s\n' "$files" | grep '\.pdf$')" | sed -n 's/^Pages: *//p')" \
  "$(pdfinfo "$(printf '%s\n' "$files" | grep '\.pdf$')" | sed -n 's/^Title: *//p')"
