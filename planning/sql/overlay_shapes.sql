-- The surfaces of each class as one shape: as WKB in the storage CRS, and as GeoJSON in degrees.
SELECT class, ST_AsEWKB(shape), ST_AsGeoJSON(ST_Transform(shape, 4326), 7)
FROM (
    SELECT given.over_class AS class, ST_Multi(ST_Union(surface.shape)) AS shape
    FROM ({rows}) AS given
    CROSS JOIN LATERAL (
        SELECT ST_CollectionExtract(
            CASE WHEN ST_IsValid(given.over_shape) THEN given.over_shape ELSE ST_MakeValid(given.over_shape) END, 3
        ) AS shape
    ) AS surface
    WHERE NOT ST_IsEmpty(surface.shape)
    GROUP BY given.over_class
) AS joined
