-- What a run did to each row of a register, and how the row is now. 'back': as the run left it; 'same': as it was
-- before; 'conflict': somebody changed it since. Conflicts that a person decided go back too.
CREATE TEMP TABLE undo_rows ON COMMIT DROP AS
SELECT
    judged.*, '' AS reason,
    CASE
        WHEN now IS NOT DISTINCT FROM after THEN 'back'
        WHEN now IS NOT DISTINCT FROM before THEN 'same'
        WHEN %(all_back)s OR key = ANY (%(back)s::varchar[]) THEN 'back'
        ELSE 'conflict'
    END AS verdict
FROM (
    SELECT
        change.key, change.object_id, change.before, change.after,
        CASE WHEN row.id IS NOT NULL THEN {flat} END AS now
    FROM importers_importchange AS change
    LEFT JOIN {table} AS row ON row.id = change.object_id
    WHERE change.run_id = %(run)s
) AS judged;
CREATE UNIQUE INDEX ON undo_rows (object_id);
ANALYZE undo_rows;
