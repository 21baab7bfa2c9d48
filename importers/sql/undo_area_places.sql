-- The search finds areas by the names they have again, and no more those that are gone.
DELETE FROM layers_place AS place
USING undo_rows AS undo
WHERE undo.verdict = 'back' AND undo.before IS NULL AND place.kind = 'area'
    AND place.key IN (
        (undo.now ->> 'level') || ':' || (undo.now ->> 'code'),
        'area:' || (undo.now ->> 'level') || ':' || (undo.now ->> 'code')
    );

INSERT INTO layers_place AS place (kind, key, name, name_en, context, context_en, weight, location, extent)
SELECT
    'area', 'area:' || area.level || ':' || area.code, area.name, area.name_en, '', '', 20,
    ST_PointOnSurface(area.boundary), ST_Envelope(area.boundary::geometry)
FROM municipality_area AS area
JOIN undo_rows AS undo ON undo.object_id = area.id AND undo.verdict = 'back' AND undo.before IS NOT NULL
WHERE area.is_home OR area.level <> 'municipality'
ON CONFLICT (kind, key) DO UPDATE SET
    name = excluded.name, name_en = excluded.name_en, location = excluded.location, extent = excluded.extent;
