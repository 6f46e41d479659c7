-- Why: how a share stands is asked for every row of a list, several times. 0077 asked the context anew at each mention and each table
-- by itself: a list of 20 shares took 30 ms of the database. Now the context is checked once and one query looks everything up.
-- What is answered stays as it was.
grant create on schema firebreak to {{definer}};
create or replace function firebreak.share_standing(of_share text) returns text
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  claims jsonb := sec.context();
  me text := claims ->> 'member';
  my_org text := claims ->> 'org';
  s record;
begin
  if me is null then return null; end if;
  select h.ended_why, h.expires_at, h.basis_kind, h.report_id, h.purpose,
      p.tlp, p.handling, p.possible_victim, p.expires_at as item_ends,
      mine.kind as mine, theirs.left_at is not null or theirs.suspended_at is not null as gone,
      (select bool_or(g.to_member is not null) from firebreak.share_grant g where g.share_id = h.id
        and (g.to_org = my_org or g.to_member = me or (g.to_group is not null and firebreak.in_group(g.to_group)))) as by_name
    into s
    from firebreak.share h join firebreak.report p on p.id = h.report_id join firebreak.org theirs on theirs.id = h.org_id
      left join firebreak.org mine on mine.id = my_org
    where h.id = of_share;
  if not found or s.by_name is null then return null; end if;
  if s.handling <> '{}' and firebreak.kept_from(s.handling, s.mine) then return null; end if;
  if s.ended_why is not null then return s.ended_why; end if;
  if s.expires_at <= clock_timestamp() or s.item_ends <= clock_timestamp() then return 'expired'; end if;
  if s.gone then return 'gone'; end if;
  if s.basis_kind = 'consent' and not firebreak.consents(s.report_id, s.purpose) then return 'consent'; end if;
  if s.possible_victim and firebreak.enforces(s.mine, s.purpose) and not firebreak.disclosed(s.report_id, my_org) then
    return 'restricted';
  end if;
  if s.tlp = 'RED' and not s.by_name then return 'named'; end if;
  return 'live';
end $$;
revoke create on schema firebreak from {{definer}};
