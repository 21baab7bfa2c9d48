-- The table that was filled apart does not take the place of the partition after all.
DROP TABLE {loading};
