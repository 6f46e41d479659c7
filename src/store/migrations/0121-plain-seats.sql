-- Why: the log names who took a seat, and the stewards of the network read the whole of it. One of them who sat in a group as a
-- plain member would learn there of co-members whose seats are hidden; so they take a steward's seat of a group, or none (ADR 14).
-- And a plain member who called a meeting learned of them from its rows, from the news of them, from what was agreed, and by asking
-- whether a certain person had been there: now these know no more than the list of seats.

-- Whose seats became plain ones of a steward before this was refused, leave; a steward of the group makes its next key.
alter table firebreak.seat no force row level security;
alter table firebreak.member no force row level security;
update firebreak.seat s set left_at = now() from firebreak.member m
  where m.id = s.member_id and m.role = 'steward' and s.role = 'member' and s.left_at is null;
alter table firebreak.seat force row level security;
alter table firebreak.member force row level security;

grant create on schema firebreak to {{definer}};
-- The row of the person is held, so that nobody is made a steward of the network in the same moment.
create function firebreak.seat_fits() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  its firebreak.member.role%type;
begin
  if new.role = 'member' and new.left_at is null then
    select m.role into its from firebreak.member m where m.id = new.member_id for share;
    if its = 'steward' then
      raise exception 'a steward of the network takes a steward’s seat of a group or none: they read the whole log, which names hidden members'
        using errcode = 'FB409';
    end if;
  end if;
  return new;
end $$;
create function firebreak.steward_sits_nowhere() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  groups text;
begin
  select string_agg(g.name, ', ' order by g.name) into groups from firebreak.seat s
    join firebreak.working_group g on g.id = s.group_id
    where s.member_id = new.id and s.left_at is null and s.role = 'member';
  if groups is not null then
    raise exception '% sits as a plain member in: %. A steward of the network reads the whole log, which names hidden members; end the seat, or give them a steward’s, first',
      new.name, groups using errcode = 'FB409';
  end if;
  return new;
end $$;

-- Takes the seat that a link offers; null when the link is unknown, used or too old, all alike. Whoever sits there as a plain
-- member becomes its steward by such a link; a link that would change nothing is not used up.
create or replace function firebreak.take_seat(of_token bytea) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  offer firebreak.seat_offer;
begin
  if sec.member() is null then raise exception 'no member' using errcode = '42501'; end if;
  update firebreak.seat_offer set used_at = clock_timestamp()
    where token_hash = of_token and used_at is null and expires_at > clock_timestamp()
    returning * into offer;
  if not found then return null; end if;
  insert into firebreak.seat as s (group_id, member_id, role, hidden, given_by)
    values (offer.group_id, sec.member(), offer.role, offer.hidden, offer.offered_by)
    on conflict (group_id, member_id) do update
      set role = excluded.role, hidden = excluded.hidden, given_by = excluded.given_by, given_at = now(), left_at = null
      where s.left_at is not null or (s.role = 'member' and excluded.role = 'steward');
  if not found then
    raise exception 'you sit in this group already; the link stays open for whom it is meant' using errcode = 'FB409';
  end if;
  return offer.group_id;
end $$;
-- What a link offers, to whoever holds it: before they take it they learn as what they would sit, and not where.
create function firebreak.seat_offered(of_token bytea) returns table (role text, hidden boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.role, o.hidden from firebreak.seat_offer o where sec.member() is not null
    and o.token_hash = of_token and o.used_at is null and o.expires_at > clock_timestamp()
$$;

-- Whether the asker may know of that person's seat, where there is one: of a hidden one its owner and the stewards may.
create function firebreak.knows_seat(of_group text, of_member text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select of_member = sec.member() or not exists (select 1 from firebreak.seat s
    where s.group_id = of_group and s.member_id = of_member and s.hidden) or firebreak.steers(of_group)
$$;
-- Who sees all that is noted of a meeting: the stewards of its group; of one of the whole network, whoever keeps it.
create function firebreak.oversees(of_meeting text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.meeting m where m.id = of_meeting
    and (case when m.group_id is null then m.called_by = sec.member() or sec.role() = 'steward' else firebreak.steers(m.group_id) end))
$$;
create or replace function firebreak.note_attendance(of_meeting text, of_member text, there boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not firebreak.keeps_meeting(of_meeting) then raise exception 'not yours' using errcode = '42501'; end if;
  if not exists (select 1 from firebreak.meeting m join firebreak.member p on p.id = of_member
      where m.id = of_meeting and (m.group_id is null or (firebreak.knows_seat(m.group_id, of_member)
        and exists (select 1 from firebreak.seat s where s.group_id = m.group_id and s.member_id = of_member)))) then
    raise exception 'nobody of this meeting' using errcode = 'P0002';
  end if;
  insert into firebreak.attendance (meeting_id, member_id, was_there) values (of_meeting, of_member, there)
    on conflict (meeting_id, member_id) do update set was_there = excluded.was_there;
  return there;
end $$;
-- What was agreed, to those who meet. What a hidden member does is not in it: “somebody” would tell of them.
create or replace function firebreak.action_items_of(of_meeting text)
  returns table (id text, words text, owner_id text, owner_name text, org_name text, due date, done_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.id, i.words, p.id, p.name, o.name, i.due, i.done_at
  from firebreak.meeting m
    join firebreak.action_item i on i.meeting_id = m.id
    join firebreak.member p on p.id = i.owner_id join firebreak.org o on o.id = p.org_id
  where m.id = of_meeting and firebreak.meets(of_meeting) and firebreak.knows_seat(m.group_id, i.owner_id)
  order by i.due, i.id
$$;
-- Done, or open again: by its owner, or by who keeps the meeting and knows of its owner.
create function firebreak.finish_item(of_meeting text, of_item text, finished boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update firebreak.action_item i set done_at = case when finished then clock_timestamp() end
    from firebreak.meeting m where i.id = of_item and m.id = i.meeting_id and m.id = of_meeting
      and (i.owner_id = sec.member()
        or (firebreak.keeps_meeting(m.id) and firebreak.knows_seat(m.group_id, i.owner_id)));
  return found;
end $$;
-- A meeting of a group is its members' matter; what one of them answered or does, that person's and of those who may know of them.
create or replace function firebreak.tell_meeting() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  row jsonb := to_jsonb(new);
  m firebreak.meeting;
  one text := coalesce(row ->> 'member_id', row ->> 'owner_id');
  quiet boolean := tg_table_name = 'attendance' or tg_table_name = 'action_item';
  is_hidden boolean;
begin
  select * into m from firebreak.meeting where id = coalesce(row ->> 'meeting_id', row ->> 'id');
  if m.group_id is null then
    perform firebreak.tell('meeting', m.id, array(select o.id from firebreak.org o where o.left_at is null), '{}');
  else
    is_hidden := quiet and exists (select 1 from firebreak.seat s
      where s.group_id = m.group_id and s.member_id = one and s.hidden);
    perform firebreak.tell('meeting', m.id, '{}', array(select s.member_id from firebreak.seat s
      where s.group_id = m.group_id and s.left_at is null and (not quiet or s.role = 'steward'))
      || array_remove(array[case when not is_hidden then m.called_by end, one], null));
  end if;
  return null;
end $$;
-- Broken glass is seen by the owner of the item and by who broke it, not by that person's colleagues: they may sit in the same group.
create or replace function firebreak.look_again() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s record;
  q record;
begin
  if tg_table_name = 'share' then
    perform firebreak.announce_share(new.id);
  elsif tg_table_name = 'share_grant' then
    perform firebreak.announce_share(new.share_id);
  elsif tg_table_name = 'break_glass' then
    perform firebreak.tell('share', new.share_id, array[new.owner_org], array[new.member_id]);
  else
    for s in select id from firebreak.share where report_id = (case tg_table_name when 'report' then new.id
      else (to_jsonb(new) ->> 'report_id') end) and ended_at is null loop
      perform firebreak.announce_share(s.id);
    end loop;
    for q in select id, from_org, to_org from firebreak.request where report_id = (case tg_table_name when 'report' then new.id
      else (to_jsonb(new) ->> 'report_id') end) loop
      perform pg_notify('firebreak_live', json_build_object('topic', 'request', 'id', q.id,
        'orgs', json_build_array(q.from_org, q.to_org))::text);
    end loop;
  end if;
  return new;
end $$;
do $$ declare f text; begin
  foreach f in array array['seat_fits()', 'steward_sits_nowhere()', 'seat_offered(bytea)', 'knows_seat(text, text)',
      'oversees(text)', 'finish_item(text, text, boolean)'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
  end loop;
  foreach f in array array['seat_offered(bytea)', 'oversees(text)', 'finish_item(text, text, boolean)'] loop
    execute format('grant execute on function firebreak.%s to {{app}}', f);
  end loop;
end $$;
revoke create on schema firebreak from {{definer}};

create policy finished on firebreak.action_item for update to {{definer}} using (true);
grant update (done_at) on firebreak.action_item to {{definer}};
alter policy own on firebreak.attendance using (member_id = (select sec.member()) or firebreak.oversees(meeting_id));
alter policy seen on firebreak.action_item using (owner_id = (select sec.member()) or firebreak.oversees(meeting_id));
alter policy done on firebreak.action_item using (owner_id = (select sec.member()) or firebreak.oversees(meeting_id));

create trigger seat_fits before insert or update of role, left_at on firebreak.seat
  for each row execute function firebreak.seat_fits();
create trigger steward_sits_nowhere before update of role on firebreak.member
  for each row when (new.role = 'steward' and old.role <> 'steward') execute function firebreak.steward_sits_nowhere();
