-- Nothing was written since, so all that the revision closed is known again.
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT %(layer)s, key, properties, geom, valid, tstzrange(%(undone_at)s, NULL)
FROM layers_feature
WHERE layer_id = %(layer)s AND upper(recorded) = %(at)s;
