-- Lines that go and come: parts of the one version farther than the least width from every line of the other.
CREATE TEMPORARY TABLE version_lines ON COMMIT DROP AS
WITH found AS (
    SELECT 'gone' AS what, now.key, ST_Difference(now.shape, COALESCE(
        (SELECT ST_Union(ST_Buffer(draft.shape, %(width)s)) FROM version_draft AS draft
            WHERE draft.shape && ST_Expand(now.shape, %(width)s)),
        ST_SetSRID('POLYGON EMPTY'::geometry, ST_SRID(now.shape))
    )) AS shape
    FROM version_now AS now
    WHERE now.key IN (SELECT key FROM version_draft)
    UNION ALL
    SELECT 'new', draft.key, ST_Difference(draft.shape, COALESCE(
        (SELECT ST_Union(ST_Buffer(now.shape, %(width)s)) FROM version_now AS now
            WHERE now.shape && ST_Expand(draft.shape, %(width)s)),
        ST_SetSRID('POLYGON EMPTY'::geometry, ST_SRID(draft.shape))
    ))
    FROM version_draft AS draft
)
SELECT row_number() OVER (ORDER BY key, what)::int AS number, what, key, shape
FROM found
WHERE ST_Length(shape) > 0.5
