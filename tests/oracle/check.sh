#!/bin/sh
# Makes a report of the sample data, month by month in one workspace, and compares its figures with those computed from
# the raw files: check.sh PROGRAM SAMPLE_DATA FOLDER REPORT PERIOD...
set -eu
program=$1
sample=$2
folder=$3/$4
report=$4
shift 4
here=$(dirname "$0")

rm -rf "$folder"
mkdir -p "$folder"
cp -R "$sample" "$folder/workspace"
rm -rf "$folder/workspace/.deckle"
for period in "$@"; do
  "$program" run "$report" -w "$folder/workspace" --period "$period" --format figures --out "$folder/$period" >/dev/null
  as_of=$(date -d "$period-01 +1 month -1 day" +%F)
  echo "== $period"
  sh "$here/run.sh" "$report" "$folder/$period"/*.figures.json "$sample" "$as_of"
done
