-- Where states wait to be compared with what the layer holds; one row a key, gone with the transaction.
CREATE TEMP TABLE staged_features (
    key varchar(200) PRIMARY KEY,
    properties jsonb NOT NULL,
    geom geometry(Geometry, {srid})
) ON COMMIT DROP;
