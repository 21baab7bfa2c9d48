-- The tile as one would write it by hand for this table: nothing asked but the rows of the layer that hold.
SELECT ST_AsMVT(tile, 'parcels', 4096, 'geometry', 'id')
FROM (
    SELECT
        ST_AsMVTGeom(geom_web, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 64, true) AS geometry,
        id,
        properties
    FROM layers_feature
    WHERE layer_id = %(layer)s AND upper_inf(recorded)
        AND geom_web && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 64 / 4096.0)
) AS tile
