-- A layer of one point in the middle of the tile, which says that not everything is in it.
SELECT ST_AsMVT(tile, %s, %s, 'shape')
FROM (SELECT ST_Point(%s, %s) AS shape, %s::integer AS shown, %s::integer AS held) AS tile
