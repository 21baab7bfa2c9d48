-- The indexes and constraints of layers_feature, built over the loaded rows at once. They are the same as the
-- parent's, so attaching adopts them; the check tells it that every row belongs, so it reads none.
ALTER TABLE {loading} ADD PRIMARY KEY (layer_id, id);
CREATE UNIQUE INDEX ON {loading} (layer_id, key) WHERE upper_inf(recorded) AND upper_inf(valid);
CREATE INDEX ON {loading} USING gist (geom_web) WHERE upper_inf(recorded);
CREATE INDEX ON {loading} USING gist (geom) WHERE upper_inf(recorded);
CREATE INDEX ON {loading} (layer_id, key) WHERE NOT (upper_inf(recorded) AND upper_inf(valid));
ALTER TABLE {loading} ADD FOREIGN KEY (layer_id) REFERENCES layers_layer (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE {loading} ADD CONSTRAINT loaded_rows_belong_here CHECK (layer_id = {layer_id});
ANALYZE {loading};
