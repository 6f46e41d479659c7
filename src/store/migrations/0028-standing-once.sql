-- Why: a context is checked by HMAC each time it is asked for; a function that runs for every row of a list asks once and
-- keeps the answer. Measured on 20,000 shares with five grants each: a list of what reached an organisation, 1.9 s before.
grant create on schema firebreak to {{definer}};
create or replace function firebreak.share_standing(of_share text) returns text
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  claims jsonb := sec.context();
  me text := claims ->> 'member';
  my_org text := claims ->> 'org';
  s firebreak.share;
  r record;
  mine text;
  by_name boolean;
begin
  if me is null then return null; end if;
  select * into s from firebreak.share where id = of_share;
  if not found then return null; end if;
  select bool_or(g.to_member is not null) into by_name from firebreak.share_grant g
    where g.share_id = s.id and (g.to_org = my_org or g.to_member = me
      or (g.to_group is not null and firebreak.in_group(g.to_group)));
  if by_name is null then return null; end if;
  select p.tlp, p.handling, p.possible_victim, p.expires_at into r from firebreak.report p where p.id = s.report_id;
  select o.kind into mine from firebreak.org o where o.id = my_org;
  if r.handling <> '{}' and firebreak.kept_from(r.handling, mine) then return null; end if;
  if s.ended_why is not null then return s.ended_why; end if;
  if s.expires_at <= clock_timestamp() or r.expires_at <= clock_timestamp() then return 'expired'; end if;
  if s.basis_kind = 'consent' and not firebreak.consents(s.report_id, s.purpose) then return 'consent'; end if;
  if r.possible_victim and firebreak.enforces(mine, s.purpose) and not firebreak.disclosed(s.report_id, my_org) then
    return 'restricted';
  end if;
  if r.tlp = 'RED' and not by_name then return 'named'; end if;
  return 'live';
end $$;
create or replace function firebreak.reveals(of_share text) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- most shares do not, and then nothing else is asked
  if not exists (select 1 from firebreak.share s where s.id = of_share and s.reveal) then return false; end if;
  return coalesce(firebreak.share_standing(of_share) = 'live', false);
end $$;
revoke create on schema firebreak from {{definer}};
create index on firebreak.share_grant (to_org, since desc);
create index on firebreak.share_grant (to_member, since desc);
create index on firebreak.share_grant (to_group, since desc);

-- what the planner can answer from an index comes before what a function must be asked for
alter policy seen on firebreak.share_grant
  using (to_org = (select sec.org()) or to_member = (select sec.member())
    or exists (select 1 from firebreak.share s where s.id = share_id and s.org_id = (select sec.org()))
    or (to_group is not null and firebreak.in_group(to_group)) or firebreak.reveals(share_id));
