-- Rows that were there before are as they were; rows that had been deleted come again under their number.
UPDATE {table} AS row
SET ({columns}) = ROW ({values})
FROM undo_rows AS undo
WHERE undo.verdict = 'back' AND undo.before IS NOT NULL AND row.id = undo.object_id;

INSERT INTO {table} (id, {columns})
SELECT undo.object_id, {values}
FROM undo_rows AS undo
WHERE undo.verdict = 'back' AND undo.before IS NOT NULL AND undo.now IS NULL;
