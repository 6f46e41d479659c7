-- Why: a consent that runs out and broken glass that closes end the reading to the second; whoever has the page open is told
-- within the clock's next round, as with a share that expires.
alter table firebreak.consent add column told_at timestamptz;
alter table firebreak.break_glass add column told_at timestamptz;
create index on firebreak.consent (expires_at) where told_at is null and withdrawn_at is null;
create index on firebreak.break_glass (expires_at) where told_at is null;

grant create on schema firebreak to {{definer}};
create policy told on firebreak.consent for update to {{definer}} using (true);
create policy told on firebreak.break_glass for update to {{definer}} using (true);
grant update (told_at) on firebreak.consent, firebreak.break_glass to {{definer}};
create or replace function firebreak.announce_expired() returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  told int;
  more int;
begin
  if sec.system() is distinct from 'clock' then
    raise exception 'only the clock tells' using errcode = '42501';
  end if;
  update firebreak.share set told_at = now() where id in (
    select id from firebreak.share where told_at is null and expires_at <= now() order by expires_at limit 200);
  get diagnostics told = row_count;
  update firebreak.consent set told_at = now() where id in (
    select id from firebreak.consent where told_at is null and withdrawn_at is null and expires_at <= now()
    order by expires_at limit 200);
  get diagnostics more = row_count;
  told := told + more;
  update firebreak.break_glass set told_at = now() where id in (
    select id from firebreak.break_glass where told_at is null and expires_at <= now() order by expires_at limit 200);
  get diagnostics more = row_count;
  return told + more;
end $$;
revoke create on schema firebreak from {{definer}};

-- the room says who made a record; a default that asks for a context stops whoever fills a database by hand
alter table firebreak.sealed alter column made_by drop default;
