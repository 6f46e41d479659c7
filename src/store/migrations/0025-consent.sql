-- Why: a survivor consents to each use by itself, may narrow it and may withdraw, and from that moment nobody reads on the
-- strength of it: policies ask this table each time, nothing is copied.
create table firebreak.consent (
  id           text primary key,
  report_id    text not null references firebreak.report (id),
  org_id       text not null references firebreak.org (id),
  use          text not null check (use in ('protect_money', 'support', 'investigation', 'statistics', 'warning')),
  given_by     text not null check (given_by in ('person', 'guardian')),
  -- how it was given: in writing, by voice, through an interpreter; never who the person is
  how          text not null default '' check (length(how) <= 500),
  recorded_by  text not null references firebreak.member (id),
  given_at     timestamptz not null default now(),
  expires_at   timestamptz,
  withdrawn_at timestamptz);
create unique index on firebreak.consent (report_id, use) where withdrawn_at is null;
alter table firebreak.consent enable row level security;
alter table firebreak.consent force row level security;
create policy seen on firebreak.consent for select to {{app}} using (org_id = (select sec.org()));
create policy recorded on firebreak.consent for insert to {{app}}
  with check (org_id = (select sec.org()) and recorded_by = (select sec.member()) and withdrawn_at is null
    and exists (select 1 from firebreak.report r where r.id = report_id and r.org_id = (select sec.org())));
create policy narrowed on firebreak.consent for update to {{app}}
  using (org_id = (select sec.org())) with check (org_id = (select sec.org()));
grant select on firebreak.consent to {{app}};
grant insert (id, report_id, org_id, use, given_by, how, recorded_by, expires_at) on firebreak.consent to {{app}};
grant update (expires_at, withdrawn_at) on firebreak.consent to {{app}};

-- A consent that stands can only become less: what is wider is asked for, and recorded, anew.
create function firebreak.consent_narrows() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.withdrawn_at is not null then
    raise exception 'this consent was withdrawn; record a new one if the person gives it again' using errcode = 'FB409';
  end if;
  if new.expires_at is null and old.expires_at is not null or new.expires_at > old.expires_at then
    raise exception 'a consent can be narrowed, not widened; record a new one instead' using errcode = 'FB409';
  end if;
  return new;
end $$;
revoke all on function firebreak.consent_narrows() from public;
create trigger consent_narrows before update on firebreak.consent for each row execute function firebreak.consent_narrows();

grant create on schema firebreak to {{definer}};
create policy asked on firebreak.consent for select to {{definer}} using (true);
grant select on firebreak.consent to {{definer}};
create function firebreak.consents(of_report text, to_use text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.consent c where c.report_id = of_report and c.use = to_use
    and c.withdrawn_at is null and (c.expires_at is null or c.expires_at > clock_timestamp()))
$$;
alter function firebreak.consents(text, text) owner to {{definer}};
revoke all on function firebreak.consents(text, text) from public;
revoke create on schema firebreak from {{definer}};
