# The raw files of the pipeline report in $work: all of it is one database.
cp "$data/exports/crm/crm.db" "$work/"
