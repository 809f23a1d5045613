# The raw files of the cash-flow report, as CSV and JSON in $work.
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
