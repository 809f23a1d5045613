#!/bin/sh
# check.sh DECKLE OUTPUT: renders the ten documents and looks at them with qpdf and poppler's tools.
set -u
deckle=$1
out=$2
mkdir -p "$out"
cd "$(dirname "$0")" || exit 1
failed=0

fail() {
    echo "$name: $*"
    failed=1
}

# document NAME PAGES: phrases on standard input, one a line, have to stand in the text in this order, which is the
# order of painting: what is positioned comes after what flows;
# $messages is what Deckle has to say.
document() {
    name=$1
    pdf=$out/$name.pdf
    "$deckle" render "$name.html" -o "$pdf" 2> "$out/$name.messages" || fail "exit code $?"
    printf '%s' "$messages" > "$out/expected.messages"
    cmp -s "$out/$name.messages" "$out/expected.messages" || { fail "other messages:"; diff "$out/expected.messages" "$out/$name.messages"; }
    "$deckle" render --strict "$name.html" -o "$out/strict.pdf" 2> "$out/strict.messages"
    strict=$?
    case $messages in
        *": warning: "* | *": error: "*) [ $strict -ne 0 ] || fail "strict, in spite of messages" ;;
        *) [ $strict -eq 0 ] || fail "not strict" ;;
    esac
    "$deckle" render "$name.html" -o "$out/again.pdf" 2> /dev/null
    cmp -s "$pdf" "$out/again.pdf" || fail "the same input gave other bytes"
    pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
    [ "$pages" = "$2" ] || fail "$pages pages instead of $2"
    qpdf --check "$pdf" > "$out/qpdf.txt" 2>&1 || { fail "qpdf:"; cat "$out/qpdf.txt"; }
    pdffonts "$pdf" > "$out/fonts.txt" 2> "$out/fonts.messages"
    [ -s "$out/fonts.messages" ] && fail "pdffonts: $(cat "$out/fonts.messages")"
    awk 'NR > 2 && ($(NF - 4) != "yes" || $(NF - 2) != "yes")' "$out/fonts.txt" > "$out/bad.txt"
    [ -s "$out/bad.txt" ] && fail "fonts not embedded or without Unicode map: $(cat "$out/bad.txt")"
    cat > "$out/phrases.txt"
    pdftotext -raw "$pdf" - 2> "$out/text.messages" | tr '\n\f' '  ' | tr -s ' ' > "$out/text.txt"
    [ -s "$out/text.messages" ] && fail "pdftotext: $(cat "$out/text.messages")"
    awk 'NR == FNR { text = text $0; next }
        { at = index(text, $0); if (at) text = substr(text, at + length($0)); else print "not found in its place: " $0 }' \
        "$out/text.txt" "$out/phrases.txt" > "$out/missing.txt"
    [ -s "$out/missing.txt" ] && fail "$(cat "$out/missing.txt")"
    messages=
}
messages=

document invoice 1 << 'TEXT'
INVOICE TO
£2,909.76 for October, due by 30 November
Workplace, managed
Credit for the outage of 6 October
Receipt
Payment part
please detach before payment
Page 1 of 1
TEXT

document statement 40 << 'TEXT'
Closing balance £72,230.55 on 31 October
Opening balance 41,820.33
Carried forward 39,368.73
Edinburgh EH6 6RA
Page 1 of 40
Brought forward 39,368.73
Carried forward
Page 2 of 40
Page 39 of 40
Brought forward 67,467.95
Closing balance 490,366.37 520,776.59 72,230.55
Page 40 of 40
TEXT

messages="letter.html:32:33: note: 'auto': words are divided at soft hyphens only [unsupported-value]
"
document letter 1 << 'TEXT'
Your agreed overdraft rises to £40,000 on 4 January 2027
Interest beyond it, a year 19.9 % 19.9 %
Yours sincerely,
Enclosed: terms of overdrafts
Bank of Corstorphine plc · 1 Exchange Place · Edinburgh EH2 4QA
Prudential Regulation Authority
TEXT

document newsletter 2 << 'TEXT'
The new cold store keeps 1,400 pallets at four degrees on its own sun
or eleven summers the hall in Alness
The Orrin Courier
Monday is the new Friday
Nine apprentices, one dumpling recipe
TEXT

document certificate 1 << 'TEXT'
Certificate
Effie Galbraith
final examination with distinction
Shona Baird
Register of apprentices, no. 2026/0117
TEXT

document invoice-ar 1 << 'TEXT'
الفاتورة
NB-2026-0511
9,816.60
3,480.00
−87.00
460.60
AE07 0331 2345 6789 0123 456
TEXT

messages="report-ja.html:36:28: warning: unknown property 'text-emphasis' [unknown-property]
"
document report-ja 2 << 'TEXT'
週でも2,810万円です
今後13週間の資金繰りについて、売掛金の入金予定
表1
今週の対応
TEXT

document pricelist 5 << 'TEXT'
Small parts page 5
What we lend, sell and look after
Access point, ceiling
At the desk
Small parts
Disk 8 TB
TEXT

document accounts 4 << 'TEXT'
Income statement
Profit for the year
6,201.8
Balance sheet
Net assets
38,408.8
Revenue by market
Provisions
TEXT

document contract 9 << 'TEXT'
Master services agreement for managed workplaces
Contents
Annex B Fees
Definitions and reading
under clause 2.1 and Annex A;
breach of clause 6 on page 5;
Signed for the parties in two originals:
Annex A Service levels
TEXT

exit $failed
