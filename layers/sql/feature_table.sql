-- Features of every layer in one table, a partition a layer, so that a layer's size is its own affair.
CREATE SEQUENCE layers_feature_id_seq AS bigint;
CREATE TABLE layers_feature (
    id bigint NOT NULL DEFAULT nextval('layers_feature_id_seq'),
    layer_id bigint NOT NULL REFERENCES layers_layer (id) DEFERRABLE INITIALLY DEFERRED,
    key varchar(200) NOT NULL,
    properties jsonb NOT NULL,
    geom geometry(Geometry, {srid}),
    geom_web geometry(Geometry, {web_srid}) GENERATED ALWAYS AS (ST_Transform(geom, {web_srid})) STORED,
    valid tstzrange NOT NULL,
    recorded tstzrange NOT NULL,
    CONSTRAINT feature_ranges_are_not_empty CHECK (NOT isempty(valid) AND NOT isempty(recorded)),
    PRIMARY KEY (layer_id, id)
) PARTITION BY LIST (layer_id);
ALTER SEQUENCE layers_feature_id_seq OWNED BY layers_feature.id;

-- What we now believe: the only rows that tiles, search and pages of today read.
CREATE INDEX feature_known_geom_web ON layers_feature USING gist (geom_web) WHERE upper_inf(recorded);
CREATE INDEX feature_known_geom ON layers_feature USING gist (geom) WHERE upper_inf(recorded);
-- One open-ended state a key; also the way from a key to its feature.
CREATE UNIQUE INDEX feature_current_key ON layers_feature (layer_id, key)
    WHERE upper_inf(recorded) AND upper_inf(valid);
-- The way from a key to its past; empty until there is one.
CREATE INDEX feature_past_key ON layers_feature (layer_id, key) WHERE NOT (upper_inf(recorded) AND upper_inf(valid));
