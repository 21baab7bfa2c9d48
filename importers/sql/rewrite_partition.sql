-- The whole layer as it is once its last revision is undone, in the order in which it lay.
INSERT INTO {loading} (id, layer_id, key, properties, geom, geom_web, valid, recorded)
SELECT
    id, layer_id, key, properties, geom, geom_web, valid,
    CASE
        WHEN upper_inf(recorded) AND lower(recorded) = %(at)s THEN tstzrange(%(at)s, %(undone_at)s)
        ELSE recorded
    END
FROM layers_feature
WHERE layer_id = %(layer)s;
INSERT INTO {loading} (layer_id, key, properties, geom, geom_web, valid, recorded)
SELECT layer_id, key, properties, geom, geom_web, valid, tstzrange(%(undone_at)s, NULL)
FROM layers_feature
WHERE layer_id = %(layer)s AND upper(recorded) = %(at)s;
