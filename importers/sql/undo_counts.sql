-- What going back is, seen from now: a row that the run had added is removed.
SELECT
    CASE
        WHEN verdict = 'conflict' THEN 'conflict'
        WHEN before IS NULL THEN 'removed'
        WHEN now IS NULL THEN 'added'
        ELSE 'changed'
    END AS change,
    count(*)
FROM undo_rows
WHERE verdict IN ('back', 'conflict')
GROUP BY change;
