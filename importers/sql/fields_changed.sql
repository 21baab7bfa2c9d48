-- How often each field differs between what is held and what the file says, over all changed rows; the geometry
-- counts under no name.
WITH changed AS (
    SELECT
        coalesce(held.properties, '{}') AS before, staged.properties AS after,
        held.geom IS DISTINCT FROM staged.geom AS moved
    FROM feature_verdicts AS judged
    JOIN staged_features AS staged ON staged.key = judged.key
    JOIN layers_feature AS held
        ON held.layer_id = %(layer)s AND held.key = judged.key AND upper_inf(held.recorded) AND upper_inf(held.valid)
    WHERE judged.verdict = 'changed'
)
SELECT field.name, count(*)
FROM changed
CROSS JOIN LATERAL (
    SELECT coalesce(old.key, new.key) AS name
    FROM jsonb_each(changed.before) AS old
    FULL JOIN jsonb_each(changed.after) AS new ON new.key = old.key
    WHERE old.value IS DISTINCT FROM new.value
) AS field
WHERE changed.before <> changed.after
GROUP BY field.name
UNION ALL
SELECT NULL, count(*) FROM changed WHERE moved
ORDER BY 2 DESC, 1;
