-- What else layers_feature has, over the loaded rows at once. Being the same as the parent's, it is adopted when
-- the table is attached; the check tells that every row belongs, so none is read again for that.
ALTER TABLE {loading} ADD PRIMARY KEY (layer_id, id);
ALTER TABLE {loading} ADD CONSTRAINT loaded_rows_belong_here CHECK (layer_id = {layer_id});
-- A sample of 9,000 rows says where a layer lies as well as one of 30,000 does, in a fifth of the time.
SET LOCAL default_statistics_target = 30;
ANALYZE {loading};
SET LOCAL default_statistics_target TO DEFAULT;
