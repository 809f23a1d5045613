# The sheets of the compliance status report, as CSV in $work, and which files of evidence are there.
for name in programs requirements completions notices certificates controls; do cp "$data/records/$name.csv" "$work/$name.csv"; done
cp "$data/records/control-mappings.csv" "$work/control_mappings.csv"
iconv -f CP1252 -t UTF-8 "$data/records/people.csv" | tr -d '\r' >"$work/people.csv"
(cd "$data/records" && echo file,sha256 && find evidence -type f -exec sha256sum {} + | sed 's/^\([0-9a-f]*\)  \(.*\)$/\2,\1/') >"$work/evidence.csv"
