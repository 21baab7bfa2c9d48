-- One verdict a key: what the staged states change in the layer, and from when on.
CREATE TEMP TABLE feature_verdicts ON COMMIT DROP AS
WITH held AS (
    SELECT key, properties, geom, lower(valid) AS starts
    FROM layers_feature
    WHERE layer_id = %(layer)s AND upper_inf(recorded) AND upper_inf(valid)
)
SELECT
    coalesce(staged.key, held.key) AS key,
    CASE
        WHEN staged.key IS NULL THEN 'removed'
        WHEN held.key IS NULL THEN 'added'
        -- Known to be as it was, from the file alone; see importers/known_rows.py.
        WHEN staged.properties IS NULL THEN 'unchanged'
        -- Corners decide, not how a format writes them: rings may run the other way, one part may be a multiple of one.
        WHEN held.properties = staged.properties AND CASE
            WHEN held.geom IS NOT DISTINCT FROM staged.geom THEN TRUE
            WHEN NOT held.geom ~= staged.geom THEN FALSE
            WHEN ST_Dimension(held.geom) = 2 AND GeometryType(staged.geom) IN ('POLYGON', 'MULTIPOLYGON')
                THEN ST_OrderingEquals(ST_Normalize(ST_Multi(held.geom)), ST_Normalize(ST_Multi(staged.geom)))
            ELSE ST_OrderingEquals(ST_Multi(held.geom), ST_Multi(staged.geom))
        END
            AND (%(correction)s OR held.starts IS NULL OR held.starts <= %(valid_from)s) THEN 'unchanged'
        ELSE 'changed'
    END AS verdict,
    CASE
        WHEN %(correction)s AND held.key IS NOT NULL THEN held.starts
        ELSE %(valid_from)s
    END AS starts
FROM staged_features AS staged
FULL JOIN held ON held.key = staged.key
WHERE staged.key IS NOT NULL OR %(complete)s OR held.key = ANY (%(removed)s::varchar[]);
