-- Which areas departments serve is as it was; those that will be deleted serve none.
DELETE FROM municipality_department_serves AS served
USING undo_rows AS undo
WHERE undo.verdict = 'back' AND served.department_id = undo.object_id;

INSERT INTO municipality_department_serves (department_id, area_id)
SELECT undo.object_id, area.id::bigint
FROM undo_rows AS undo
CROSS JOIN jsonb_array_elements_text(undo.before -> 'serves') AS area (id)
WHERE undo.verdict = 'back' AND undo.before IS NOT NULL;
