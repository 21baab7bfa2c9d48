-- Neighbourhoods over the grid of parcels: their borders wind between and through the plots, and are shared.
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT
    %(layer)s,
    'Γ-' || lpad((row * %(count)s + col)::text, 3, '0'),
    jsonb_build_object('name', 'Γειτονιά ' || (row * %(count)s + col)),
    ST_SetSRID(ST_MakePolygon(area.ring), %(srid)s),
    tstzrange(%(now)s, NULL),
    tstzrange(%(now)s, NULL)
FROM generate_series(0, %(count)s - 1) AS row
CROSS JOIN generate_series(0, %(count)s - 1) AS col
CROSS JOIN LATERAL (
    SELECT ST_MakeLine(array_agg(
        ST_Point(
            %(west)s + (col + u) * %(side)s + %(bend)s * sin(12.9898 * (col + u) + 31.7 * (row + v)),
            %(south)s + (row + v) * %(side)s + %(bend)s * cos(39.346 * (col + u) + 11.135 * (row + v))
        ) ORDER BY step
    )) AS ring
    FROM (
        SELECT
            step,
            CASE side WHEN 0 THEN part WHEN 1 THEN 1 WHEN 2 THEN 1 - part ELSE 0 END AS u,
            CASE side WHEN 0 THEN 0 WHEN 1 THEN part WHEN 2 THEN 1 ELSE 1 - part END AS v
        FROM generate_series(0, 4 * 100) AS step
        CROSS JOIN LATERAL (SELECT step %% 400 / 100 AS side, step %% 100 / 100.0::float8 AS part) AS place
    ) AS corner
) AS area
