-- The changed lines for people: metres in the storage CRS, shape in degrees.
SELECT number, what, key, ST_Length(shape), ST_AsGeoJSON(ST_Transform(shape, 4326), 7)
FROM version_lines
ORDER BY number
