-- Nobody changes these rows until the undo is through.
SELECT count(*) FROM (
    SELECT row.id
    FROM {table} AS row
    WHERE row.id IN (SELECT object_id FROM importers_importchange WHERE run_id = %(run)s)
    ORDER BY row.id
    FOR UPDATE OF row
) AS locked;
