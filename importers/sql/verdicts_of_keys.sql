-- What becomes of these keys.
SELECT key, verdict FROM feature_verdicts WHERE key = ANY (%(keys)s);
