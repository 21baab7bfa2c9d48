-- The pieces for people: area in the storage CRS, shape in degrees.
SELECT number, old_key, new_key, before, after, ST_Area(shape), ST_AsGeoJSON(ST_Transform(shape, 4326), 7)
FROM version_pieces
ORDER BY number
