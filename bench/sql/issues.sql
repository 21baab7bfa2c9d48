-- Issues scattered by the golden ratio, so that they are the same on every run and nowhere on a grid.
INSERT INTO issues_issue (
    number, token, category_id, location, address, department_id, state, channel, description, answers, is_public,
    is_text_public, same_here, reported_at, resolved_at, changed_at, version
)
SELECT
    '1999-' || lpad(n::text, 7, '0'), md5(n::text), %(category)s,
    ST_SetSRID(ST_Point(
        %(west)s + %(width)s * mod(n * 0.6180339887::numeric, 1)::float8,
        %(south)s + %(width)s * mod(n * 0.7548776662::numeric, 1)::float8
    ), %(srid)s),
    '', (%(departments)s::bigint[])[1 + n %% cardinality(%(departments)s::bigint[])],
    CASE WHEN n %% 100 < 94 THEN 'closed' WHEN n %% 100 < 97 THEN 'accepted' ELSE 'received' END,
    'web', '', '{}', true, false, 0, moment, CASE WHEN n %% 100 < 94 THEN moment END, moment, 1
FROM generate_series(1, %(count)s) AS n, LATERAL (SELECT now() - n * interval '1 minute' AS moment) AS at
