-- Only one row may carry the flag at a time, so it is taken off all before it is put back.
UPDATE {table} AS row
SET {flag} = false
FROM undo_rows AS undo
WHERE undo.verdict = 'back' AND undo.before IS NOT NULL AND row.id = undo.object_id AND row.{flag};
