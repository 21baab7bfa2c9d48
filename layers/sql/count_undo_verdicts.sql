-- How many keys an undo would bring back, and how many were changed since.
SELECT verdict, count(*)
FROM ({verdicts}) AS judged
GROUP BY verdict;
