-- Zones of both versions whose border moved: m² before, m² after, m² that are in only one of them.
SELECT now.key, ST_Area(now.shape), ST_Area(draft.shape), moved.area
FROM version_now AS now
JOIN version_draft AS draft USING (key)
CROSS JOIN LATERAL (
    SELECT ST_Area(ST_SymDifference(now.shape, draft.shape)) AS area OFFSET 0
) AS moved
WHERE NOT ST_Equals(now.shape, draft.shape) AND moved.area > 1
ORDER BY now.key
