-- Why: pages of members, groups, meetings and keys are looked at by several people at once, and refresh by themselves. Ids only;
-- and nobody is told to look again because of somebody whose seat is hidden from them: that would tell of it.
grant create on schema firebreak to {{definer}};
create function firebreak.tell(of_topic text, of_id text, to_orgs text[], to_members text[]) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  part record;
begin
  -- a notification holds 8,000 bytes at most
  for part in select array_agg(x) as ids, is_org from (
      select x, true as is_org, row_number() over () / 100 as page from unnest(to_orgs) x
      union all select x, false, row_number() over () / 100 from unnest(to_members) x) ids group by is_org, page
  loop
    perform pg_notify('firebreak_live', json_build_object('topic', of_topic, 'id', of_id,
      'orgs', case when part.is_org then part.ids else '{}' end,
      'members', case when part.is_org then '{}' else part.ids end)::text);
  end loop;
end $$;
create function firebreak.tell_network() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform firebreak.tell('network', '', array(select o.id from firebreak.org o where o.left_at is null), '{}');
  return null;
end $$;
-- Whoever may see this seat: everybody in the group, or of a hidden one its owner and the stewards.
create function firebreak.tell_group() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  row jsonb := to_jsonb(new);
  of_group text := coalesce(row ->> 'group_id', row ->> 'id');
  quiet boolean := tg_table_name = 'seat_key' or coalesce((row ->> 'hidden')::boolean, false);
begin
  perform firebreak.tell('group', of_group, '{}', array(select s.member_id from firebreak.seat s
    where s.group_id = of_group and s.left_at is null and (not quiet or s.role = 'steward'))
    || array_remove(array[row ->> 'member_id'], null));
  return null;
end $$;
-- A meeting of a group is its members' matter; an answer or an attendance its person's and the stewards', as it may be hidden.
create function firebreak.tell_meeting() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  row jsonb := to_jsonb(new);
  m firebreak.meeting;
  quiet boolean := tg_table_name = 'attendance' or tg_table_name = 'action_item';
begin
  select * into m from firebreak.meeting where id = coalesce(row ->> 'meeting_id', row ->> 'id');
  if m.group_id is null then
    perform firebreak.tell('meeting', m.id, array(select o.id from firebreak.org o where o.left_at is null), '{}');
  else
    perform firebreak.tell('meeting', m.id, '{}', array(select s.member_id from firebreak.seat s
      where s.group_id = m.group_id and s.left_at is null and (not quiet or s.role = 'steward'))
      || array_remove(array[m.called_by, row ->> 'member_id', row ->> 'owner_id'], null));
  end if;
  return null;
end $$;
create function firebreak.tell_keys() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  row jsonb := to_jsonb(new);
  asks text := coalesce(row ->> 'member_id', (select a.member_id from firebreak.key_ask a where a.id = row ->> 'ask_id'));
begin
  if tg_table_name in ('key_ask', 'key_help') then
    perform firebreak.tell('keys', '', '{}', array(select s.officer_id from firebreak.key_share s where s.member_id = asks)
      || array[asks]);
  else
    perform firebreak.tell('keys', '', array_remove(array[row ->> 'org_id'], null)
      || array(select distinct m.org_id from firebreak.member m where m.role = 'steward' and m.left_at is null), '{}');
  end if;
  return null;
end $$;
do $$ declare f text; begin
  foreach f in array array['tell(text, text, text[], text[])', 'tell_network()', 'tell_group()', 'tell_meeting()',
      'tell_keys()'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
  end loop;
end $$;
revoke create on schema firebreak from {{definer}};
do $$ declare t text; begin
  foreach t in array array['proposal', 'objection', 'removal', 'org', 'power'] loop
    execute format('create trigger told after insert or update on firebreak.%I for each statement
      execute function firebreak.tell_network()', t);
  end loop;
  foreach t in array array['working_group', 'seat', 'group_key', 'seat_key'] loop
    execute format('create trigger told after insert or update on firebreak.%I for each row
      execute function firebreak.tell_group()', t);
  end loop;
  foreach t in array array['meeting', 'attendance', 'meeting_minutes', 'action_item'] loop
    execute format('create trigger told after insert or update on firebreak.%I for each row
      execute function firebreak.tell_meeting()', t);
  end loop;
  foreach t in array array['key_ask', 'key_help', 'key_statement', 'authority_ask'] loop
    execute format('create trigger told after insert or update on firebreak.%I for each row
      execute function firebreak.tell_keys()', t);
  end loop;
end $$;
