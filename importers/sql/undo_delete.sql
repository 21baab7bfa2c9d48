-- Rows that the run had added, and that nothing names.
DELETE FROM {table} AS row
USING undo_rows AS undo
WHERE undo.verdict = 'back' AND undo.before IS NULL AND row.id = undo.object_id;
