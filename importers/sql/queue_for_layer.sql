-- Imports of one layer wait for each other, also while the layer does not exist yet; held until the commit.
SELECT pg_advisory_xact_lock(hashtextextended('import of layer ' || %(slug)s, 0));
