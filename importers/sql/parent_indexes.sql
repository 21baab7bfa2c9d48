-- The indexes of layers_feature as they are now, to be made alike on a table that will be attached to it.
SELECT CASE WHEN index.indisunique THEN 'UNIQUE INDEX' ELSE 'INDEX' END AS kind,
    substring(pg_get_indexdef(index.indexrelid) FROM ' (USING .*)$') AS definition
FROM pg_index AS index
WHERE index.indrelid = 'layers_feature'::regclass AND NOT index.indisprimary
ORDER BY index.indisunique DESC, index.indexrelid;
