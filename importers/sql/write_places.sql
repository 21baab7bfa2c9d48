-- The search knows what the file says, and of this source nothing else.
DELETE FROM layers_place AS place
USING place_verdicts AS judged
WHERE judged.verdict = 'removed' AND place.id = judged.id;

UPDATE layers_place AS place
SET name = staged.name, name_en = staged.name_en, context = staged.context, context_en = staged.context_en,
    location = staged.location
FROM staged_places AS staged
JOIN place_verdicts AS judged ON judged.kind = staged.kind AND judged.key = staged.key
WHERE judged.verdict = 'changed' AND place.id = judged.id;

INSERT INTO layers_place (kind, key, name, name_en, context, context_en, weight, location)
SELECT staged.kind, staged.key, staged.name, staged.name_en, staged.context, staged.context_en, staged.weight,
    staged.location
FROM staged_places AS staged
JOIN place_verdicts AS judged ON judged.kind = staged.kind AND judged.key = staged.key
WHERE judged.verdict = 'added';

UPDATE place_verdicts AS judged
SET id = place.id
FROM layers_place AS place
WHERE judged.verdict = 'added' AND place.kind = judged.kind AND place.key = judged.key;
