#!/bin/sh
# Recomputes the cash-flow report's figures with plain SQL from the sample workspace's raw files and compares.
#
#   tests/oracle/run.sh FIGURES SAMPLE_DATA [AS_OF]
#
# FIGURES      what `deckle run cash-flow --format figures` wrote (JSON or CSV); "-" prints the oracle's own figures
# SAMPLE_DATA  the folder sample-data
# AS_OF        last day of the month reported, default 2026-10-31; January 2025 or later, so that there is history
#
# Only sqlite3, iconv and the usual text tools are used; nothing of Deckle. Exit: 0 equal, 1 different, 2 usage.
set -eu
[ $# -ge 2 ] || { sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
figures=$1
data=$(cd "$2" && pwd)
as_of=${3:-2026-10-31}
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
ledger=$data/exports/quickbooks psa=$data/exports/connectwise
stack payments 4 "$ledger/received-payments.csv"
stack bills 4 "$ledger/bills.csv"
stack bill_payments 4 "$ledger/bill-payments.csv"
stack chart 4 "$ledger/chart-of-accounts.csv"
stack balances 4 "$ledger"/trial-balance-*.csv
stack bank 2 "$data"/exports/bank/bank-*.csv
sed 1q "$psa/invoice-detail-2026.csv" >"$work/lines.csv"
for file in "$psa"/invoice-detail-*.csv; do sed 1d "$file" >>"$work/lines.csv"; done
iconv -f CP1252 -t UTF-8 "$psa/time-entries.csv" | tr -d '\r' >"$work/time.csv"
iconv -f CP1252 -t UTF-8 "$data/exports/rates/kurse.csv" | tr -d '\r' | sed 1,2d | tr ',' '.' | tr ';' ',' >"$work/rates.csv"
{
    echo day,type,amount
    sed -n 's/.*<PayDay date="\([^"]*\)" type="\([^"]*\)".*<Amount[^>]*>\([^<]*\)<.*/\1,\2,\3/p' "$data/exports/payroll/calendar.xml"
} >"$work/payroll.csv"
for name in loans credit-lines credit-cards standing-payments tax-dates milestones inventory; do
    cp "$data/records/$name.csv" "$work/$(echo $name | tr - _).csv"
done
cp "$psa/invoices.json" "$psa/agreements.json" "$psa/agreement-additions.json" "$psa/unbilled-items.json" "$data/exports/crm/crm.db" "$work/"
[ "$figures" = - ] || cp "$figures" "$work/figures"

cd "$work"
{
    for file in *.csv; do echo ".import --csv $file ${file%.csv}"; done
    echo "ATTACH 'crm.db' AS crm;"
    echo "CREATE TABLE run AS SELECT '$as_of' AS as_of, date('$as_of', 'start of month') AS first, date('$as_of', 'start of month', '-1 day') AS before;"
    cat "$here/load.sql" "$here/figures.sql"
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
