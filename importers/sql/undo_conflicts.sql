-- Rows that stay as they are, with what keeps them and their three states.
SELECT key, reason, before::json, after::json, now::json
FROM undo_rows
WHERE verdict = 'conflict'
ORDER BY key
LIMIT %(limit)s;
