-- The filled table takes the place of the empty partition; nothing slow may come after this.
ALTER TABLE layers_feature DETACH PARTITION {partition};
DROP TABLE {partition};
ALTER TABLE {loading} RENAME TO {partition};
ALTER TABLE layers_feature ATTACH PARTITION {partition} FOR VALUES IN ({layer_id});
