-- Why: whoever received something through a group and left the group since was never told that it was taken back or put right: they
-- acted on what they remember, or on what they had written down. Now the tombstone reaches them as well. What is open still does not:
-- they have left; and of what was shared or had ended before they came or after they went, they learn nothing.
grant create on schema firebreak to {{definer}};
create function firebreak.had_share(of_share text, me text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.share h join firebreak.share_grant g on g.share_id = h.id
    join firebreak.seat s on s.group_id = g.to_group
    where h.id = of_share and s.member_id = me and s.left_at > g.since and s.given_at < h.ended_at)
$$;
create or replace function firebreak.standing_of(of_share text, me text, my_org text) returns text
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  s record;
  r record;
  mine text;
  by_name boolean;
begin
  -- one row at a time by its key: a join of the four costs twice as much to begin
  select h.org_id, h.ended_why, h.expires_at, h.basis_kind, h.report_id, h.purpose into s
    from firebreak.share h where h.id = of_share;
  if not found then return null; end if;
  select bool_or(g.to_member is not null) into by_name from firebreak.share_grant g where g.share_id = of_share
    and (g.to_org = my_org or g.to_member = me or (g.to_group is not null and firebreak.in_group(g.to_group)));
  if by_name is null then
    -- to most of those whom it never reached it is open, and nothing more is asked
    if s.ended_why is null or not firebreak.had_share(of_share, me) then return null; end if;
    by_name := false;
  end if;
  select p.tlp, p.handling, p.possible_victim, p.expires_at into r from firebreak.report p where p.id = s.report_id;
  if r.handling <> '{}' or r.possible_victim then
    select o.kind into mine from firebreak.org o where o.id = my_org;
    if firebreak.kept_from(r.handling, mine) then return null; end if;
  end if;
  if s.ended_why is not null then return s.ended_why; end if;
  if s.expires_at <= clock_timestamp() or r.expires_at <= clock_timestamp() then return 'expired'; end if;
  perform from firebreak.org o where o.id = s.org_id and (o.left_at is not null or o.suspended_at is not null);
  if found then return 'gone'; end if;
  if s.basis_kind = 'consent' and not firebreak.consents(s.report_id, s.purpose) then return 'consent'; end if;
  if r.possible_victim and firebreak.enforces(mine, s.purpose) and not firebreak.disclosed(s.report_id, my_org) then
    return 'restricted';
  end if;
  if r.tlp = 'RED' and not by_name then return 'named'; end if;
  return 'live';
end $$;
-- The newest shares that reached the asker (of groups that they left, those taken back since), or all of one item, each with how it stands and the grants that reached them.
create or replace function firebreak.shares_in(of_item text, most int)
  returns table (share firebreak.share, standing text, reached jsonb)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  claims jsonb := sec.context();
  me text := claims ->> 'member';
  my_org text := claims ->> 'org';
  my_groups text[];
  left_groups text[];
  ids text[];
begin
  if me is null then return; end if;
  my_groups := array(select s.group_id from firebreak.seat s where s.member_id = me and s.left_at is null);
  left_groups := array(select s.group_id from firebreak.seat s where s.member_id = me and s.left_at is not null);
  if of_item is null then
    ids := array((select g.share_id from firebreak.share_grant g where g.to_org = my_org order by g.since desc limit most)
      union (select g.share_id from firebreak.share_grant g where g.to_member = me order by g.since desc limit most)
      union (select g.share_id from firebreak.share_grant g where g.to_group = any (my_groups) order by g.since desc limit most)
      union (select g.share_id from firebreak.share_grant g join firebreak.share h on h.id = g.share_id
        where g.to_group = any (left_groups) and h.ended_why is not null order by g.since desc limit most));
  else
    ids := array(select h.id from firebreak.share h where h.item_id = of_item);
  end if;
  return query
    select h, t.standing, (select jsonb_agg(to_jsonb(g) order by g.since, g.id) from firebreak.share_grant g
        where g.share_id = h.id and (g.to_org = my_org or g.to_member = me or g.to_group = any (my_groups)))
      from firebreak.share h, lateral (select firebreak.standing_of(h.id, me, my_org) as standing offset 0) t
      where h.id = any (ids) and h.org_id <> my_org and t.standing is not null
      order by h.made_at desc limit most;
end $$;
-- Tells everybody whom a share has reached to look again, once it ended also those who left the group since: ids only.
create or replace function firebreak.announce_share(of_share text) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  select firebreak.tell('share', of_share,
    array(select g.to_org from firebreak.share_grant g where g.share_id = of_share and g.to_org is not null
      union select h.org_id from firebreak.share h where h.id = of_share),
    array(select g.to_member from firebreak.share_grant g where g.share_id = of_share and g.to_member is not null
      union select w.member_id from firebreak.share_grant g join firebreak.share h on h.id = g.share_id
        join firebreak.seat w on w.group_id = g.to_group
        where g.share_id = of_share and (w.left_at is null or (h.ended_why is not null and w.left_at > g.since))))
$$;
alter function firebreak.had_share(text, text) owner to {{definer}};
revoke all on function firebreak.had_share(text, text) from public;
revoke create on schema firebreak from {{definer}};
