#!/bin/sh
# The main job on the sample data: demo.sh PROGRAM WORKSPACE OUT
# September first, so that October can show what was forecast against what came.
set -eu
program=$1
workspace=$2
out=$3

mkdir -p "$out"
"$program" run --pack monthly --workspace "$workspace" --period 2026-09 --format json --out "$out" >/dev/null
files=$("$program" run --pack monthly --workspace "$workspace" --period 2026-10 --format pdf,html,xlsx,figures --out "$out")
printf '%s\n' "$files" | while read -r file; do
  [ -s "$file" ] || { echo "demo: $file was not made" >&2; exit 1; }
  case "$file" in
    *.pdf) printf '%-5s %s, %s pages\n' PDF "$(pwd)/$file" "$(pdfinfo "$file" | sed -n 's/^Pages: *//p')" ;;
    *.html | *.xlsx) printf '%-5s %s\n' "$(printf '%s' "${file##*.}" | tr a-z A-Z)" "$(pwd)/$file" ;;
  esac
done

# Two documents that people write: drafts that begin with the firm's facts.
for document in award-submission press-release; do
  draft=$("$program" draft new "$document" --workspace "$workspace" --period 2026-10 --as-of 2026-10-31 --by "Lucía Ortega" 2>/dev/null)
  file=$("$program" draft export "$draft" --workspace "$workspace" --as-of 2026-10-31 --format pdf --out "$out" 2>/dev/null | sed -n 's/\(.*\.pdf\).*/\1/p')
  [ -s "$file" ] || { echo "demo: no PDF of draft $draft ($document) was made" >&2; exit 1; }
  printf '%-5s %s\n' PDF "$(pwd)/$file"
  printf 'Draft %s, %s pages: %s\n' "$draft" "$(pdfinfo "$file" | sed -n 's/^Pages: *//p')" "$(pdfinfo "$file" | sed -n 's/^Title: *//p')"
done
