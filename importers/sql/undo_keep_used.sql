-- A row that would be deleted stays as long as something else names it.
UPDATE undo_rows
SET verdict = 'conflict', reason = %(reason)s
WHERE verdict = 'back' AND before IS NULL AND now IS NOT NULL
    AND EXISTS (
        SELECT FROM {table} AS used
        WHERE used.{column} = undo_rows.object_id
            AND NOT (%(is_self)s AND EXISTS (
                SELECT FROM undo_rows AS gone
                WHERE gone.object_id = used.{key} AND gone.verdict = 'back' AND gone.before IS NULL
            ))
    );
