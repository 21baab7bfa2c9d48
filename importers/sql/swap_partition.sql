-- From here to the commit the features of all layers are locked, so nothing slow may come after this.
ALTER TABLE layers_feature DETACH PARTITION {partition};
DROP TABLE {partition};
ALTER TABLE {loading} RENAME TO {partition};
ALTER TABLE layers_feature ATTACH PARTITION {partition} FOR VALUES IN ({layer_id});
ALTER TABLE {partition} DROP CONSTRAINT loaded_rows_belong_here;
