-- The states that no longer hold are closed at %(recorded_at)s; what they said of the time before stays known.
WITH closed AS (
    UPDATE layers_feature AS feature
    SET recorded = tstzrange(lower(feature.recorded), %(recorded_at)s)
    FROM feature_verdicts AS judged
    WHERE feature.layer_id = %(layer)s
        AND feature.key = judged.key
        AND judged.verdict <> 'unchanged'
        AND upper_inf(feature.recorded)
        AND feature.valid && tstzrange(judged.starts, NULL)
    RETURNING feature.key, feature.properties, feature.geom, feature.valid, judged.starts
)
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT %(layer)s, key, properties, geom, tstzrange(lower(valid), starts), tstzrange(%(recorded_at)s, NULL)
FROM closed
WHERE starts IS NOT NULL AND (lower_inf(valid) OR lower(valid) < starts);
