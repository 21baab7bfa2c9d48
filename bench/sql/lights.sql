-- Points of a network, one to each place of a grid.
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT
    %(layer)s,
    'L-' || row || '-' || col,
    '{}',
    ST_SetSRID(ST_Point(%(west)s + col * %(side)s + 4, %(south)s + row * %(side)s + 4), %(srid)s),
    tstzrange(%(now)s, NULL),
    tstzrange(%(now)s, NULL)
FROM generate_series(0, %(count)s - 1) AS row
CROSS JOIN generate_series(0, %(count)s - 1) AS col
