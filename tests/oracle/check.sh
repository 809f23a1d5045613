#!/bin/sh
# Makes the report of the sample data and compares its figures with those computed from the raw files:
# check.sh PROGRAM SAMPLE_DATA FOLDER
set -eu
program=$1
sample=$2
folder=$3
here=$(dirname "$0")

rm -rf "$folder"
mkdir -p "$folder"
cp -R "$sample" "$folder/workspace"
rm -rf "$folder/workspace/.deckle"
for period in 2026-07 2026-09 2026-10; do
  "$program" run cash-flow -w "$folder/workspace" --period "$period" --format figures --out "$folder/$period" >/dev/null
  as_of=$(date -d "$period-01 +1 month -1 day" +%F)
  echo "== $period"
  sh "$here/run.sh" "$folder/$period"/*.figures.json "$sample" "$as_of"
done
