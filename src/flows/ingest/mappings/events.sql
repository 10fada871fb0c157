-- title: Events as they are
-- about: Files that hold events already: CSV from the templates of docs/import.md (columns customer, type, at, id, and
--   one column data.<field> for each field), or NDJSON as the API takes it (with an object data). Several files
--   together are read as one.
-- needs: file or files
-- table: files(customer, type, at, id, source?, data?)
--
-- Time: RFC 3339; a time without zone is taken as UTC.
select customer, type, "at", id, source, coalesce(data, columns_after('data.', files)) as data, _line, _file
from files
