-- Nothing was written since, so all that the revision opened is no longer believed; no key needs to be asked.
UPDATE layers_feature
SET recorded = tstzrange(lower(recorded), %(undone_at)s)
WHERE layer_id = %(layer)s AND upper_inf(recorded) AND lower(recorded) = %(at)s;
