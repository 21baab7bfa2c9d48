-- The undo keeps what it did, so that it can be undone.
INSERT INTO importers_importchange (run_id, key, object_id, before, after)
SELECT %(undo)s, undo.key, undo.object_id, undo.now, CASE WHEN row.id IS NOT NULL THEN {flat} END
FROM undo_rows AS undo
LEFT JOIN {table} AS row ON row.id = undo.object_id
WHERE undo.verdict = 'back';
