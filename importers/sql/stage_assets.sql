-- Where the rows of a file wait to be compared with the register; gone with the transaction.
CREATE TEMP TABLE staged_assets (
    key varchar(60) NOT NULL,
    properties jsonb NOT NULL,
    geom geometry(Geometry, {srid}) NOT NULL
) ON COMMIT DROP;
