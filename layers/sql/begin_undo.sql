-- The verdicts, kept for the statements that follow; conflicts that a person decided go back too.
CREATE TEMP TABLE undo_verdicts ON COMMIT DROP AS
{verdicts};
UPDATE undo_verdicts
SET verdict = 'back'
WHERE verdict = 'conflict' AND (%(all_back)s OR key = ANY (%(back)s::varchar[]));
ANALYZE undo_verdicts;
