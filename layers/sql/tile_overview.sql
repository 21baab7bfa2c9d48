-- One layer of a tile from afar: its shapes lie in tile units already.
SELECT ST_AsMVT(tile, %s, %s, 'shape')
FROM (
    SELECT shape, properties FROM layers_overviewshape WHERE overview_id = %s AND z = %s AND x = %s AND y = %s ORDER BY id
) AS tile
