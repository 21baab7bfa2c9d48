-- The surfaces (3) or lines (2) of one version of a plan, with what they say.
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT given.version_key AS key, given.version_facts AS facts, mended.shape
FROM ({rows}) AS given
CROSS JOIN LATERAL (
    SELECT ST_CollectionExtract(
        CASE WHEN ST_IsValid(given.over_shape) THEN given.over_shape ELSE ST_MakeValid(given.over_shape) END, {kind}
    ) AS shape OFFSET 0
) AS mended
WHERE given.over_shape IS NOT NULL AND NOT ST_IsEmpty(mended.shape)
