-- Why: what an organisation shared ends with it: while it is suspended, and for good once it was removed, nobody reads by its
-- grants, and every recipient is told. A correction goes to single people again, whose keys the sharer's browser must check.
-- And the steward says which two memberships are one person, so that nobody is their own second person.
grant create on schema firebreak to {{definer}};
create or replace function firebreak.share_standing(of_share text) returns text
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  s firebreak.share;
  r record;
  mine text;
  by_name boolean;
begin
  if sec.member() is null then return null; end if;
  select * into s from firebreak.share where id = of_share;
  if not found then return null; end if;
  select bool_or(g.to_member is not null) into by_name from firebreak.share_grant g
    where g.share_id = s.id and (g.to_org = sec.org() or g.to_member = sec.member() or firebreak.in_group(g.to_group));
  if by_name is null then return null; end if;
  select p.tlp, p.handling, p.possible_victim, p.expires_at into r from firebreak.report p where p.id = s.report_id;
  select o.kind into mine from firebreak.org o where o.id = sec.org();
  if firebreak.kept_from(r.handling, mine) then return null; end if;
  if s.ended_why is not null then return s.ended_why; end if;
  if s.expires_at <= clock_timestamp() or r.expires_at <= clock_timestamp() then return 'expired'; end if;
  if exists (select 1 from firebreak.org o where o.id = s.org_id and (o.left_at is not null or o.suspended_at is not null)) then
    return 'gone';
  end if;
  if s.basis_kind = 'consent' and not firebreak.consents(s.report_id, s.purpose) then return 'consent'; end if;
  if r.possible_victim and firebreak.enforces(mine, s.purpose) and not firebreak.disclosed(s.report_id, sec.org()) then
    return 'restricted';
  end if;
  if r.tlp = 'RED' and not by_name then return 'named'; end if;
  return 'live';
end $$;
create function firebreak.org_stands() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s record;
begin
  for s in select id from firebreak.share where org_id = new.id and ended_at is null loop
    perform firebreak.announce_share(s.id);
  end loop;
  return new;
end $$;
-- To whom a share of the asker's organisation went by name, with what is needed to seal a correction to them.
create function firebreak.share_people(of_share text)
  returns table (member_id text, recipient text, org_id text, org_kind text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.recipient, o.id, o.kind from firebreak.share_grant g join firebreak.member m on m.id = g.to_member
    join firebreak.org o on o.id = m.org_id
  where g.share_id = of_share and firebreak.owns_share(of_share) and m.left_at is null and o.left_at is null
    and m.suspended_at is null and o.suspended_at is null
$$;
-- Says that two memberships are one person, or that they are not.
create function firebreak.link_person(a text, b text, linked boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one text;
begin
  if sec.role() is distinct from 'steward' then raise exception 'not a steward' using errcode = '42501'; end if;
  if a = b or (select count(*) from firebreak.member where id in (a, b)) <> 2 then
    raise exception 'name two memberships that there are' using errcode = 'FB422';
  end if;
  if sec.member() in (a, b) then
    raise exception 'another steward says this of your own memberships' using errcode = 'FB403';
  end if;
  if linked then
    -- an id of its own, so that one membership can be taken out of it again whatever the others are
    one := gen_random_uuid()::text;
    update firebreak.member set person_id = one where id in (a, b)
      or person_id in (select m.person_id from firebreak.member m where m.id in (a, b));
  else
    update firebreak.member set person_id = null where id = b;
  end if;
end $$;
grant update (person_id) on firebreak.member to {{definer}};
alter function firebreak.org_stands() owner to {{definer}};
alter function firebreak.share_people(text) owner to {{definer}};
alter function firebreak.link_person(text, text, boolean) owner to {{definer}};
revoke all on function firebreak.org_stands(), firebreak.share_people(text), firebreak.link_person(text, text, boolean)
  from public;
grant execute on function firebreak.share_people(text), firebreak.link_person(text, text, boolean) to {{app}};
revoke create on schema firebreak from {{definer}};
create trigger org_stands after update of left_at, suspended_at on firebreak.org for each row
  when (new.left_at is distinct from old.left_at or new.suspended_at is distinct from old.suspended_at)
  execute function firebreak.org_stands();
