-- What somebody who serves this town with another server would have: plain columns, a key, an index on the shapes;
-- one table in the storage CRS, one already in that of the tiles.
CREATE TABLE bench_parcels AS
SELECT
    id,
    properties ->> 'kaek' AS kaek,
    properties ->> 'block' AS block,
    (properties ->> 'area_m2')::double precision AS area_m2,
    properties ->> 'address' AS address,
    geom::geometry(Polygon, {srid}) AS geom
FROM layers_feature
WHERE layer_id = %(layer)s;
ALTER TABLE bench_parcels ADD PRIMARY KEY (id);
CREATE INDEX ON bench_parcels USING gist (geom);
CREATE INDEX ON bench_parcels (kaek);
CREATE TABLE bench_parcels_web AS
SELECT id, kaek, block, area_m2, address, ST_Transform(geom, 3857)::geometry(Polygon, 3857) AS geom FROM bench_parcels;
ALTER TABLE bench_parcels_web ADD PRIMARY KEY (id);
CREATE INDEX ON bench_parcels_web USING gist (geom);
ANALYZE bench_parcels;
ANALYZE bench_parcels_web;
