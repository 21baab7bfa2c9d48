-- A table that was filled and indexed apart becomes the partition of a new layer.
ALTER TABLE {filled} RENAME TO {partition};
ALTER TABLE layers_feature ATTACH PARTITION {partition} FOR VALUES IN ({layer_id});
