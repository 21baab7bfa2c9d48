-- A grid of parcels with bent sides: eight corners each, shared with the neighbours, the same on every run.
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT
    %(layer)s,
    '05019' || lpad((row * %(count)s + col)::text, 7, '0'),
    jsonb_build_object(
        'kaek', '05019' || lpad((row * %(count)s + col)::text, 7, '0'),
        'block', (row / 8 * 1000 + col / 8)::text,
        'area_m2', round(ST_Area(parcel.shape)::numeric, 2),
        'address', 'Οδός ' || row %% 97 || ', ' || col
    ),
    ST_SetSRID(parcel.shape, %(srid)s),
    tstzrange(%(now)s, NULL),
    tstzrange(%(now)s, NULL)
FROM generate_series(0, %(count)s - 1) AS row
CROSS JOIN generate_series(0, %(count)s - 1) AS col
CROSS JOIN LATERAL (
    SELECT ST_MakePolygon(ST_MakeLine(array_agg(
        ST_Point(
            %(west)s + (col + u) * %(side)s + 3 * sin(12.9898 * (col + u) + 78.233 * (row + v)),
            %(south)s + (row + v) * %(side)s + 3 * cos(39.346 * (col + u) + 11.135 * (row + v))
        ) ORDER BY number
    ))) AS shape
    FROM unnest(ARRAY[0, 0.5, 1, 1, 1, 0.5, 0, 0, 0], ARRAY[0, 0, 0, 0.5, 1, 1, 1, 0.5, 0])
        WITH ORDINALITY AS corner (u, v, number)
) AS parcel
