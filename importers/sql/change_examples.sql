-- The first keys of a verdict.
SELECT key FROM feature_verdicts WHERE verdict = %(verdict)s ORDER BY key LIMIT %(most)s;
