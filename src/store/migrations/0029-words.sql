-- When the words of a case were removed, and what a letter was whose bytes went with them.
alter table cases add column words_gone_at timestamptz(3);
alter table case_letters add column gone_sha256 text;
