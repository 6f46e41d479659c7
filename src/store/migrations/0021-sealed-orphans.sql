-- Why: evidence that was taken out of a draft left its ciphertext behind for ever. A record goes when its maker says so or
-- two days have passed, and never while anything refers to it: every reference is a foreign key, and those decide.
alter table firebreak.sealed add column made_by text references firebreak.member (id);
alter table firebreak.sealed alter column made_by set default sec.member();
alter table firebreak.sealed add column looked_at timestamptz;

-- A draft is sealed to its author, so which records it holds is said beside it.
create table firebreak.draft_sealed (
  draft_id  text not null references firebreak.draft (id) on delete cascade,
  sealed_id text not null references firebreak.sealed (id),
  primary key (draft_id, sealed_id));
create index on firebreak.draft_sealed (sealed_id);
alter table firebreak.draft_sealed enable row level security;
alter table firebreak.draft_sealed force row level security;
create policy own on firebreak.draft_sealed to {{app}}
  using (exists (select 1 from firebreak.draft d where d.id = draft_id))
  with check (exists (select 1 from firebreak.draft d where d.id = draft_id) and firebreak.sees_sealed(sealed_id));
grant select, insert, delete on firebreak.draft_sealed to {{app}};

create index on firebreak.report (sealed_id);
create index on firebreak.report_evidence (sealed_id);
create index on firebreak.request (briefing_id);
create policy removed on firebreak.sealed for delete to {{app}} using (made_by = (select sec.member()));
grant delete on firebreak.sealed to {{app}};

grant create on schema firebreak to {{definer}};
create policy swept on firebreak.sealed for delete to {{definer}} using (true);
create policy looked_at on firebreak.sealed for update to {{definer}} using (true);
grant delete on firebreak.sealed to {{definer}};
grant update (looked_at) on firebreak.sealed to {{definer}};
create policy swept on firebreak.report_evidence for select to {{definer}} using (true);
create policy swept on firebreak.draft_sealed for select to {{definer}} using (true);
grant select on firebreak.report_evidence, firebreak.draft_sealed to {{definer}};

-- Removes up to `most` records that nothing refers to. What a table unknown here refers to stays, and is looked at last
-- the next time, so that it never stands before what can go.
create function firebreak.sweep_sealed(most int) returns setof text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  candidate text;
begin
  if sec.system() is distinct from 'clock' then
    raise exception 'only the clock sweeps' using errcode = '42501';
  end if;
  for candidate in
    select s.id from firebreak.sealed s
    where s.stored_at < now() - interval '2 days'
      and not exists (select 1 from firebreak.report r where r.sealed_id = s.id)
      and not exists (select 1 from firebreak.report_evidence e where e.sealed_id = s.id)
      and not exists (select 1 from firebreak.request q where q.briefing_id = s.id)
      and not exists (select 1 from firebreak.draft_sealed d where d.sealed_id = s.id)
    order by coalesce(s.looked_at, s.stored_at) limit most
    for update skip locked
  loop
    begin
      delete from firebreak.sealed where id = candidate;
      return next candidate;
    exception when foreign_key_violation then
      update firebreak.sealed set looked_at = now() where id = candidate;
    end;
  end loop;
end $$;
alter function firebreak.sweep_sealed(int) owner to {{definer}};
revoke all on function firebreak.sweep_sealed(int) from public;
grant execute on function firebreak.sweep_sealed(int) to {{app}};
revoke create on schema firebreak from {{definer}};
