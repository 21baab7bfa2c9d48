-- The first keys that were changed since the revision wrote them.
SELECT key
FROM ({verdicts}) AS judged
WHERE verdict = 'conflict'
ORDER BY key
LIMIT %(limit)s;
