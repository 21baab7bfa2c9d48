-- What going back changes, by key.
SELECT change, count(*)
FROM ({verdicts}) AS judged
GROUP BY change;
