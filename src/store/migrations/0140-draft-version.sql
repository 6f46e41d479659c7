-- Why: a draft that was open in two windows, or on a phone and a laptop, kept what was written last and lost the other
-- without a word. Whoever keeps one now names the version they began from.
alter table firebreak.draft add column version text not null default '' check (version ~ '^([0-9a-hjkmnp-tv-z]{26})?$');
grant update (version) on firebreak.draft to {{app}};
