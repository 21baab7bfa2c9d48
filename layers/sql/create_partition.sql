-- Made apart and then attached, so that readers and writers of other layers do not wait.
CREATE TABLE {partition} (LIKE layers_feature INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS);
ALTER TABLE layers_feature ATTACH PARTITION {partition} FOR VALUES IN ({layer_id});
