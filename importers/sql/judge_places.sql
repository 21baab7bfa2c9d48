-- What a file changes among the places that came from the same source before. Places of which the file says no context
-- get the smallest area around them; the same address twice is told apart by a number.
WITH numbered AS (
    SELECT ctid, row_number() OVER (PARTITION BY kind, key ORDER BY ST_X(location), ST_Y(location)) AS number
    FROM staged_places
)
UPDATE staged_places AS twin
SET key = twin.key || '-' || numbered.number
FROM numbered
WHERE twin.ctid = numbered.ctid AND numbered.number > 1;

CREATE INDEX ON staged_places USING gist (location);
ANALYZE staged_places;

WITH around AS (
    SELECT DISTINCT ON (staged.kind, staged.key) staged.kind, staged.key, area.name, area.name_en
    FROM municipality_area AS area
    JOIN staged_places AS staged ON staged.context = '' AND ST_Covers(area.boundary, staged.location)
    WHERE area.level <> 'zone'
    ORDER BY staged.kind, staged.key, ST_Area(area.boundary), area.id
)
UPDATE staged_places AS staged
SET context = around.name, context_en = around.name_en
FROM around
WHERE around.kind = staged.kind AND around.key = staged.key;

CREATE TEMP TABLE place_verdicts ON COMMIT DROP AS
SELECT
    coalesce(staged.kind, place.kind) AS kind,
    coalesce(staged.key, place.key) AS key,
    place.id,
    CASE
        WHEN place.id IS NULL THEN 'added'
        WHEN staged.key IS NULL THEN 'removed'
        WHEN (place.name, place.name_en, place.context, place.context_en)
                = (staged.name, staged.name_en, staged.context, staged.context_en)
            AND ST_Equals(place.location, staged.location) THEN 'unchanged'
        ELSE 'changed'
    END AS verdict
FROM staged_places AS staged
FULL JOIN (SELECT * FROM layers_place WHERE starts_with(key, %(prefix)s)) AS place
    ON place.kind = staged.kind AND place.key = staged.key;
