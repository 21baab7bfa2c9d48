-- What was known of these keys just before the revision, and was closed by it or later, is known again.
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT %(layer)s, feature.key, feature.properties, feature.geom, feature.valid, tstzrange(%(undone_at)s, NULL)
FROM layers_feature AS feature
JOIN undo_verdicts AS judged ON judged.key = feature.key AND judged.verdict = 'back'
WHERE feature.layer_id = %(layer)s
    AND lower(feature.recorded) < %(at)s
    AND upper(feature.recorded) >= %(at)s;
