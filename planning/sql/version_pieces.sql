-- The ground on which the draft says something else: where it meets the plan, where there was none, and what is left of
-- a zone that the draft draws smaller. What is thinner than the least width is how two drawings of one border differ.
CREATE TEMPORARY TABLE version_pieces ON COMMIT DROP AS
WITH found AS (
    SELECT
        now.key AS old_key, draft.key AS new_key, now.facts AS before, draft.facts AS after,
        ST_Intersection(now.shape, draft.shape) AS shape
    FROM version_now AS now
    JOIN version_draft AS draft ON now.shape && draft.shape AND now.facts IS DISTINCT FROM draft.facts
    UNION ALL
    SELECT
        NULL, draft.key, NULL, draft.facts,
        ST_Difference(draft.shape, COALESCE(
            (SELECT ST_Union(now.shape) FROM version_now AS now WHERE now.shape && draft.shape),
            ST_SetSRID('POLYGON EMPTY'::geometry, ST_SRID(draft.shape))
        ))
    FROM version_draft AS draft
    UNION ALL
    SELECT
        now.key, NULL, now.facts, NULL,
        ST_Difference(now.shape, (SELECT ST_Union(draft.shape) FROM version_draft AS draft WHERE draft.shape && now.shape))
    FROM version_now AS now
    WHERE now.key IN (SELECT key FROM version_draft)
        AND EXISTS (SELECT FROM version_draft AS draft WHERE draft.shape && now.shape)
)
SELECT row_number() OVER (ORDER BY found.new_key, found.old_key)::int AS number, found.old_key, found.new_key,
    found.before, found.after, surface.shape
FROM found
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(found.shape, 3) AS shape OFFSET 0) AS surface
WHERE ST_Area(surface.shape) > 1 AND NOT ST_IsEmpty(ST_Buffer(surface.shape, -%(width)s / 2))
