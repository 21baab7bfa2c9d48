-- The places gathered from areas and layers take the place of those gathered before; what did not change is
-- left alone, and so are places that came from elsewhere. The context of an area is its parent, of other places the
-- smallest area around.
WITH around AS (
    SELECT DISTINCT ON (gathered.kind, gathered.key)
        gathered.kind, gathered.key, area.name, area.name_en
    FROM municipality_area AS area
    JOIN gathered_places AS gathered ON ST_Covers(area.boundary, gathered.location)
    WHERE area.level <> 'zone' AND gathered.kind <> 'area'
    ORDER BY gathered.kind, gathered.key, ST_Area(area.boundary), area.id
),
gone AS (
    DELETE FROM layers_place AS place
    WHERE place.key ~ '^(area|street|layer):'
        AND NOT EXISTS (
            SELECT FROM gathered_places AS gathered
            WHERE gathered.kind = place.kind AND gathered.key = place.key
        )
)
INSERT INTO layers_place AS place (kind, key, name, name_en, context, context_en, weight, location, extent)
SELECT
    gathered.kind, gathered.key, gathered.name, gathered.name_en,
    coalesce(around.name, parent.name, ''), coalesce(around.name_en, parent.name_en, ''), gathered.weight, gathered.location, gathered.extent
FROM gathered_places AS gathered
LEFT JOIN around ON around.kind = gathered.kind AND around.key = gathered.key
LEFT JOIN municipality_area AS parent ON parent.id = gathered.parent_id
ON CONFLICT (kind, key) DO UPDATE SET
    name = excluded.name, name_en = excluded.name_en, context = excluded.context, context_en = excluded.context_en,
    weight = excluded.weight, location = excluded.location, extent = excluded.extent
WHERE (place.name, place.name_en, place.context, place.context_en, place.weight, place.location, place.extent)
    IS DISTINCT FROM (excluded.name, excluded.name_en, excluded.context, excluded.context_en, excluded.weight,
        excluded.location, excluded.extent);
