#!/bin/sh
# Recomputes a report's figures with plain SQL from the sample workspace's raw files and compares.
#
#   tests/oracle/run.sh REPORT FIGURES SAMPLE_DATA [AS_OF]
#
# REPORT       a folder beside this script: raw.sh brings the raw files, load.sql makes tables of them, figures.sql computes
# FIGURES      what `deckle run REPORT --format figures` wrote (JSON or CSV); "-" prints the oracle's own figures
# SAMPLE_DATA  the folder sample-data
# AS_OF        last day of the month reported, default 2026-10-31; January 2025 or later, so that there is history
#
# Only sqlite3, iconv and the usual text tools are used; nothing of Deckle. Exit: 0 equal, 1 different, 2 usage.
set -eu
[ $# -ge 3 ] || { sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
report=$1
figures=$2
data=$(cd "$3" && pwd)
as_of=${4:-2026-10-31}
[ "$figures" = - ] || figures=$(cd "$(dirname "$figures")" && pwd)/$(basename "$figures")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

# plain SOURCE SKIP: the rows of a CSV export without its titles, blank lines, totals and byte order mark
plain() {
    sed -e '1s/^\xef\xbb\xbf//' -e 's/\r$//' "$1" | sed -e "1,${2}d" | sed -e '/^TOTAL,/,$d' -e '/^End of report,/,$d' -e '/^$/d'
}
# stack NAME SKIP FILES: several files of one layout under one header
stack() {
    out=$work/$1.csv skip=$2
    shift 2
    : >"$out"
    for file in "$@"; do
        if [ -s "$out" ]; then plain "$file" "$skip" | sed 1d >>"$out"; else plain "$file" "$skip" >>"$out"; fi
    done
}
. "$here/$report/raw.sh"
[ "$figures" = - ] || cp "$figures" "$work/figures"

cd "$work"
{
    for file in *.csv; do [ ! -e "$file" ] || echo ".import --csv $file ${file%.csv}"; done
    sed "s/@as_of/'$as_of'/g" "$here/common.sql"
    cat "$here/$report/load.sql" "$here/$report/figures.sql"
    if [ "$figures" = - ]; then echo "SELECT id, period, text FROM shown;"; else cat "$here/compare.sql"; fi
} >script.sql
if [ "$figures" = - ]; then
    sqlite3 -bail :memory: <script.sql
    exit
fi
case $(head -c 1 figures) in
    [\[{]) echo "CREATE TABLE reported AS SELECT json_extract(value, '\$.id') AS id, json_extract(value, '\$.value') AS value, json_extract(value, '\$.period') AS period, json_extract(value, '\$.reason') AS reason FROM json_each(readfile('figures'));" ;;
    *) echo ".import --csv figures reported_csv"
       echo "CREATE TABLE reported AS SELECT id, nullif(value, '') AS value, period, not_available_because AS reason FROM reported_csv;" ;;
esac >reported.sql
cat reported.sql script.sql >all.sql
sqlite3 -bail :memory: <all.sql >result
cat result
! grep -q '^DIFFERENT' result
