-- One verdict a key that the revision of %(at)s wrote. 'back': it is as the revision left it, so it can go back;
-- 'same': it is already as before; 'conflict': somebody changed it since. `change` tells what going back is.
WITH written AS (
    SELECT
        key,
        bool_or(coalesce(lower(recorded) = %(at)s OR upper(recorded) = %(at)s, false)) AS by_it,
        bool_or(coalesce(lower(recorded) > %(at)s OR upper(recorded) > %(at)s, false)) AS since,
        bool_or(upper_inf(valid) AND upper_inf(recorded)) AS ends,
        bool_or(upper_inf(valid) AND lower(recorded) < %(at)s) AS returns
    FROM layers_feature
    WHERE layer_id = %(layer)s AND (lower(recorded) >= %(at)s OR upper(recorded) >= %(at)s)
    GROUP BY key
),
-- Each state of a key that was written again, with how often it stands in what was known before, after, and now.
states AS (
    SELECT
        feature.key,
        count(*) FILTER (WHERE lower(recorded) < %(at)s AND (upper_inf(recorded) OR upper(recorded) >= %(at)s)) AS before,
        count(*) FILTER (WHERE recorded @> %(at)s::timestamptz) AS after,
        count(*) FILTER (WHERE upper_inf(recorded)) AS now
    FROM layers_feature AS feature
    JOIN written ON written.key = feature.key AND written.by_it AND written.since
    WHERE layer_id = %(layer)s
    GROUP BY feature.key, feature.valid, feature.properties, feature.geom
),
compared AS (
    SELECT key, bool_and(after = now) AS as_after, bool_and(before = now) AS as_before FROM states GROUP BY key
)
SELECT
    written.key,
    CASE
        WHEN NOT written.since OR compared.as_after THEN 'back'
        WHEN compared.as_before THEN 'same'
        ELSE 'conflict'
    END AS verdict,
    CASE
        WHEN written.returns AND NOT written.ends THEN 'added'
        WHEN written.ends AND NOT written.returns THEN 'removed'
        ELSE 'changed'
    END AS change
FROM written
LEFT JOIN compared ON compared.key = written.key
WHERE written.by_it
