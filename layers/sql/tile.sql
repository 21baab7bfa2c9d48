-- One layer of a tile. A row whose geometry became nothing on the tile's grid has a NULL and is left out by
-- ST_AsMVT itself; a WHERE here would have the geometry made twice.
SELECT ST_AsMVT(tile, %s, %s, 'mvt_geometry', 'id') FROM (SELECT {fields} FROM ({rows}) AS found) AS tile
