-- What the revision and all later ones opened of these keys is no longer believed.
UPDATE layers_feature AS feature
SET recorded = tstzrange(lower(feature.recorded), %(undone_at)s)
FROM undo_verdicts AS judged
WHERE feature.layer_id = %(layer)s
    AND feature.key = judged.key
    AND judged.verdict = 'back'
    AND upper_inf(feature.recorded)
    AND lower(feature.recorded) >= %(at)s;
