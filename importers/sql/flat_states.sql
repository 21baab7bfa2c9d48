-- Rows of a register as the journal keeps them.
SELECT row.id, {flat}
FROM {table} AS row
WHERE row.id = ANY (%(ids)s::bigint[]);
