-- A grid of zones over the parcels, shifted so that their borders cut plots; twenty rules in turn.
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT
    %(layer)s,
    'Z-' || row || '-' || col,
    jsonb_build_object(
        'name', 'Zone ' || row || '/' || col,
        'far', 0.2 * ((row * 7 + col) %% 12),
        'coverage', 0.6,
        'least', 200,
        'gazette', 'ΦΕΚ ' || row || '/Δ/2019'
    ),
    ST_SetSRID(ST_MakeEnvelope(
        %(west)s + col * %(side)s + 9, %(south)s + row * %(side)s + 7,
        %(west)s + (col + 1) * %(side)s + 9, %(south)s + (row + 1) * %(side)s + 7
    ), %(srid)s),
    tstzrange(%(now)s, NULL),
    tstzrange(%(now)s, NULL)
FROM generate_series(-1, %(count)s) AS row
CROSS JOIN generate_series(-1, %(count)s) AS col
