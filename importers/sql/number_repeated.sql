-- Rows without a key are called by their content; equal rows are told apart by a number.
UPDATE {table} AS twin
SET key = twin.key || '-' || numbered.number
FROM (SELECT ctid, row_number() OVER (PARTITION BY key ORDER BY ctid) AS number FROM {table}) AS numbered
WHERE twin.ctid = numbered.ctid AND numbered.number > 1;
