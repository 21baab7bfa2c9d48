-- What is known now: every added or changed state, from the day it holds.
INSERT INTO layers_feature (layer_id, key, properties, geom, valid, recorded)
SELECT
    %(layer)s, staged.key, staged.properties, staged.geom,
    tstzrange(judged.starts, NULL), tstzrange(%(recorded_at)s, NULL)
FROM staged_features AS staged
JOIN feature_verdicts AS judged ON judged.key = staged.key
WHERE judged.verdict IN ('added', 'changed');
