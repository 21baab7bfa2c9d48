-- Said by the bounds of the partition from now on.
ALTER TABLE {partition} DROP CONSTRAINT loaded_rows_belong_here;
