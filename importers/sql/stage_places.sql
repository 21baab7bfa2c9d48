-- Where the addresses of a file wait to be compared with what the search knows; gone with the transaction.
CREATE TEMP TABLE staged_places (
    kind varchar(10) NOT NULL,
    key varchar(100) NOT NULL,
    name varchar(200) NOT NULL,
    name_en varchar(200) NOT NULL,
    context varchar(200) NOT NULL,
    context_en varchar(200) NOT NULL,
    weight smallint NOT NULL,
    location geometry(Point, {srid}) NOT NULL
) ON COMMIT DROP;
