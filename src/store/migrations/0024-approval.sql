-- Why: what cannot be undone needs a second person, and the database decides who that may be: never the same person, also
-- not through a second membership; only of the organisation that was asked; once, however many try at the same moment.
create table firebreak.approval (
  id          text primary key,
  kind        text not null check (kind in ('victim_disclosure', 'victim_unmark', 'bulk_export')),
  object_kind text not null,
  object_id   text not null,
  -- whom the act concerns, e.g. the organisation that would receive it
  to_org      text references firebreak.org (id),
  org_id      text not null references firebreak.org (id),
  asked_by    text not null references firebreak.member (id),
  -- whose second person decides: the asker's own organisation or another
  by_org      text not null references firebreak.org (id),
  reason      text not null check (length(reason) between 1 and 2000),
  basis       text not null check (length(basis) between 1 and 500),
  asked_at    timestamptz not null default now(),
  expires_at  timestamptz not null check (expires_at > asked_at and expires_at <= asked_at + interval '30 days'),
  decision    text check (decision in ('approved', 'refused')),
  decided_by  text references firebreak.member (id),
  decided_at  timestamptz,
  note        text not null default '' check (length(note) <= 2000),
  used_at     timestamptz,
  check (decided_by <> asked_by),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  check (used_at is null or decision = 'approved'));
create index on firebreak.approval (by_org) where decision is null;
create index on firebreak.approval (object_id);
alter table firebreak.approval enable row level security;
alter table firebreak.approval force row level security;
create policy seen on firebreak.approval for select to {{app}}
  using (org_id = (select sec.org()) or by_org = (select sec.org()));
create policy asked on firebreak.approval for insert to {{app}}
  with check (org_id = (select sec.org()) and asked_by = (select sec.member()) and decision is null and used_at is null);
grant select on firebreak.approval to {{app}};
grant insert (id, kind, object_kind, object_id, to_org, org_id, asked_by, by_org, reason, basis, expires_at)
  on firebreak.approval to {{app}};

grant create on schema firebreak to {{definer}};
create policy decided on firebreak.approval to {{definer}} using (true);
grant select, update (decision, decided_by, decided_at, note, used_at) on firebreak.approval to {{definer}};

-- One person in two organisations has two memberships; the steward links them, and a shared key gives them away.
create function firebreak.same_person(a text, b text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a = b or exists (select 1 from firebreak.member x, firebreak.member y where x.id = a and y.id = b
    and (coalesce(x.person_id, x.id) = coalesce(y.person_id, y.id) or x.recipient = y.recipient))
$$;
-- The one way to decide. The row lock makes many at once queue; the first decides, the others are told.
create function firebreak.decide_approval(of_approval text, agree boolean, said text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  it firebreak.approval;
begin
  select * into it from firebreak.approval where id = of_approval for update;
  if not found or sec.org() is null or it.by_org <> sec.org() then
    raise exception 'no such approval' using errcode = 'P0002';
  end if;
  if firebreak.same_person(it.asked_by, sec.member()) then
    raise exception 'a second person has to decide this: you asked for it yourself' using errcode = 'FB403';
  end if;
  if it.decision is not null then
    raise exception 'this was % already', it.decision using errcode = 'FB409';
  end if;
  if it.expires_at <= now() then
    raise exception 'this was asked too long ago; it has to be asked again' using errcode = 'FB409';
  end if;
  update firebreak.approval set decision = case when agree then 'approved' else 'refused' end,
    decided_by = sec.member(), decided_at = now(), note = said where id = of_approval;
  perform pg_notify('firebreak_live', json_build_object('topic', 'approval', 'id', it.id,
    'orgs', json_build_array(it.org_id, it.by_org))::text);
end $$;
-- Takes an approval for an act that happens once. Throws where there is none that fits or it was taken already.
create function firebreak.use_approval(of_kind text, of_object text) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  taken text;
begin
  update firebreak.approval set used_at = now() where id = (
    select id from firebreak.approval where kind = of_kind and object_id = of_object and org_id = sec.org()
      and decision = 'approved' and used_at is null and expires_at > now()
    order by asked_at limit 1 for update skip locked) returning id into taken;
  if taken is null then
    raise exception 'a second person has to approve this first' using errcode = 'FB409';
  end if;
  return taken;
end $$;
-- Whether enforcement at `to_whom` may have this item about a possible victim: a basis and a second person stand recorded.
create function firebreak.disclosed(of_item text, to_whom text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.approval a where a.kind = 'victim_disclosure' and a.object_id = of_item
    and a.to_org = to_whom and a.decision = 'approved' and a.expires_at > now())
$$;
create function firebreak.approval_asked() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('firebreak_live', json_build_object('topic', 'approval', 'id', new.id,
    'orgs', json_build_array(new.org_id, new.by_org))::text);
  return new;
end $$;
revoke all on function firebreak.approval_asked() from public;
create trigger approval_asked after insert on firebreak.approval for each row execute function firebreak.approval_asked();

-- Nobody takes the mark of a possible victim away alone.
create function firebreak.report_marked() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if old.possible_victim and not new.possible_victim then
    perform firebreak.use_approval('victim_unmark', new.id);
  end if;
  return new;
end $$;
do $$ declare f text; begin
  foreach f in array array['same_person(text, text)', 'decide_approval(text, boolean, text)', 'use_approval(text, text)',
    'disclosed(text, text)', 'report_marked()'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
  end loop;
end $$;
grant execute on function firebreak.decide_approval(text, boolean, text), firebreak.use_approval(text, text) to {{app}};
create trigger report_marked before update of possible_victim on firebreak.report
  for each row execute function firebreak.report_marked();
revoke create on schema firebreak from {{definer}};
