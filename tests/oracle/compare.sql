-- One line for each figure of the oracle; the program's value must be the same as far as the report shows it.
.mode list
.separator '  '
CREATE TABLE compared AS
SELECT f.id, f.period, f.text AS oracle, r.value AS program, r.reason,
       r.id IS NOT NULL AND CASE WHEN f.value IS NULL THEN r.value IS NULL WHEN f.digits IS NULL THEN r.value = f.text
           ELSE printf('%.*f', f.digits, r.value) = f.text OR abs(r.value - f.value) < 0.000001 END AS same
FROM shown AS f LEFT JOIN reported AS r ON r.id = f.id AND r.period = f.period;
SELECT 'DIFFERENT', printf('%-22s %-10s', id, period), 'oracle', coalesce(oracle, 'n/a'), 'program', coalesce(program, reason, 'not reported')
FROM compared WHERE NOT coalesce(same, 0) ORDER BY id, period;
SELECT printf('%d of %d figures agree', sum(coalesce(same, 0)), count(*)) FROM compared;
