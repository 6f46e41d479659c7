-- Why: the network works because its people meet each month and know what each can do (field.md 1.1). A meeting belongs
-- to the whole network or to one group; minutes carry a marking of their own, and RED minutes stay with who was there.
grant create on schema firebreak to {{definer}};

create table firebreak.meeting (
  id           text primary key,
  -- null: the whole network
  group_id     text references firebreak.working_group (id),
  title        text not null check (length(title) between 1 and 200),
  starts_at    timestamptz not null,
  minutes      int not null check (minutes between 5 and 1440),
  -- where it is held, or the way to join; never in an invitation file
  place        text not null check (length(place) between 1 and 500),
  agenda       text not null default '' check (length(agenda) <= 10000),
  tlp          text not null check (tlp in ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  called_by    text not null references firebreak.member (id),
  called_at    timestamptz not null default now(),
  -- rises with each change, as calendars need it (RFC 5545 SEQUENCE)
  sequence     int not null default 0,
  cancelled_at timestamptz);
create index on firebreak.meeting (starts_at);

create table firebreak.attendance (
  meeting_id text not null references firebreak.meeting (id),
  member_id  text not null references firebreak.member (id),
  answer     text check (answer in ('yes', 'no', 'maybe')),
  -- set by who called the meeting, or by a group's steward
  was_there  boolean,
  primary key (meeting_id, member_id));
create index on firebreak.attendance (member_id);

create table firebreak.meeting_minutes (
  meeting_id text primary key references firebreak.meeting (id),
  body       text not null check (length(body) between 1 and 100000),
  tlp        text not null check (tlp in ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  version    int not null default 1,
  written_by text not null references firebreak.member (id),
  written_at timestamptz not null default now());

create table firebreak.action_item (
  id         text primary key,
  meeting_id text not null references firebreak.meeting (id),
  words      text not null check (length(words) between 1 and 2000),
  owner_id   text not null references firebreak.member (id),
  due        date not null,
  made_by    text not null references firebreak.member (id),
  made_at    timestamptz not null default now(),
  done_at    timestamptz);
create index on firebreak.action_item (meeting_id);
create index on firebreak.action_item (owner_id) where done_at is null;

do $$ declare t text; begin
  foreach t in array array['meeting', 'attendance', 'meeting_minutes', 'action_item'] loop
    execute format('alter table firebreak.%I enable row level security', t);
    execute format('alter table firebreak.%I force row level security', t);
    execute format('create policy looked on firebreak.%I for select to {{definer}} using (true)', t);
    execute format('grant select on firebreak.%I to {{definer}}', t);
  end loop;
  create policy noted on firebreak.attendance for insert to {{definer}} with check (was_there is not null);
  create policy noted_again on firebreak.attendance for update to {{definer}} using (meeting_id is not null);
  grant insert, update on firebreak.attendance to {{definer}};
end $$;

create function firebreak.meets(of_meeting text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.meeting m where m.id = of_meeting and sec.member() is not null
    and (m.group_id is null or firebreak.sits_in(m.group_id)))
$$;
-- Who keeps a meeting: who called it, or a steward of its group, or of the network when it is everybody's.
create function firebreak.keeps_meeting(of_meeting text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.meeting m where m.id = of_meeting
    and (m.called_by = sec.member() or (m.group_id is null and sec.role() = 'steward') or firebreak.steers(m.group_id)))
$$;
create function firebreak.was_there(of_meeting text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.attendance a
    where a.meeting_id = of_meeting and a.member_id = sec.member() and a.was_there)
$$;
-- Says who was there: only who keeps the meeting may, and only of people who meet.
create function firebreak.note_attendance(of_meeting text, of_member text, there boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not firebreak.keeps_meeting(of_meeting) then raise exception 'not yours' using errcode = '42501'; end if;
  if not exists (select 1 from firebreak.meeting m join firebreak.member p on p.id = of_member
      where m.id = of_meeting and (m.group_id is null or exists (select 1 from firebreak.seat s
        where s.group_id = m.group_id and s.member_id = of_member))) then
    raise exception 'nobody of this meeting' using errcode = 'P0002';
  end if;
  insert into firebreak.attendance (meeting_id, member_id, was_there) values (of_meeting, of_member, there)
    on conflict (meeting_id, member_id) do update set was_there = excluded.was_there;
  return there;
end $$;
-- Who answered and who came, as the asker may know it: a hidden seat is seen by its owner and the group's stewards alone.
create function firebreak.attendance_of(of_meeting text)
  returns table (member_id text, name text, org_name text, answer text, was_there boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.name, o.name, a.answer, a.was_there
  from firebreak.meeting m
    join firebreak.attendance a on a.meeting_id = m.id
    join firebreak.member p on p.id = a.member_id join firebreak.org o on o.id = p.org_id
    left join firebreak.seat s on s.group_id = m.group_id and s.member_id = a.member_id
  where m.id = of_meeting and firebreak.meets(of_meeting)
    and (a.member_id = sec.member() or not coalesce(s.hidden, false) or firebreak.steers(m.group_id))
  order by o.name, p.name
$$;
-- The owner of an action item, named to those who meet; a hidden one only as somebody.
create function firebreak.action_items_of(of_meeting text)
  returns table (id text, words text, owner_id text, owner_name text, org_name text, due date, done_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.id, i.words, case when k then p.id end, case when k then p.name end, case when k then o.name end, i.due, i.done_at
  from firebreak.meeting m
    join firebreak.action_item i on i.meeting_id = m.id
    join firebreak.member p on p.id = i.owner_id join firebreak.org o on o.id = p.org_id
    left join firebreak.seat s on s.group_id = m.group_id and s.member_id = i.owner_id
    cross join lateral (select p.id = sec.member() or not coalesce(s.hidden, false) or firebreak.steers(m.group_id)) known (k)
  where m.id = of_meeting and firebreak.meets(of_meeting) order by i.due, i.id
$$;
do $$ declare f text; begin
  foreach f in array array['meets(text)', 'keeps_meeting(text)', 'was_there(text)', 'note_attendance(text, text, boolean)', 'attendance_of(text)',
      'action_items_of(text)'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
    execute format('grant execute on function firebreak.%s to {{app}}', f);
  end loop;
end $$;
revoke create on schema firebreak from {{definer}};

create policy seen on firebreak.meeting for select to {{app}}
  using ((select sec.member()) is not null and (group_id is null or firebreak.sits_in(group_id)));
create policy called on firebreak.meeting for insert to {{app}}
  with check (called_by = (select sec.member())
    and ((group_id is null and (select sec.role()) = 'steward') or firebreak.sits_in(group_id)));
create policy changed on firebreak.meeting for update to {{app}} using (firebreak.keeps_meeting(id));

create policy own on firebreak.attendance for select to {{app}}
  using (member_id = (select sec.member()) or firebreak.keeps_meeting(meeting_id));
-- one's own answer never says that one was there; who keeps the meeting says who was
create policy answered on firebreak.attendance for insert to {{app}}
  with check (firebreak.meets(meeting_id) and member_id = (select sec.member()) and was_there is null);
create policy answered_again on firebreak.attendance for update to {{app}} using (member_id = (select sec.member()));

create policy seen on firebreak.meeting_minutes for select to {{app}}
  using (firebreak.meets(meeting_id) and (tlp <> 'RED' or firebreak.was_there(meeting_id)
    or firebreak.keeps_meeting(meeting_id)));
create policy written on firebreak.meeting_minutes for insert to {{app}}
  with check (firebreak.keeps_meeting(meeting_id) and written_by = (select sec.member()));
create policy written_again on firebreak.meeting_minutes for update to {{app}}
  using (firebreak.keeps_meeting(meeting_id)) with check (written_by = (select sec.member()));

create policy seen on firebreak.action_item for select to {{app}}
  using (owner_id = (select sec.member()) or firebreak.keeps_meeting(meeting_id));
create policy made on firebreak.action_item for insert to {{app}}
  with check (firebreak.keeps_meeting(meeting_id) and made_by = (select sec.member()) and done_at is null);
create policy done on firebreak.action_item for update to {{app}}
  using (owner_id = (select sec.member()) or firebreak.keeps_meeting(meeting_id));

grant select, insert on firebreak.meeting, firebreak.attendance, firebreak.meeting_minutes, firebreak.action_item to {{app}};
grant update (title, starts_at, minutes, place, agenda, tlp, sequence, cancelled_at) on firebreak.meeting to {{app}};
grant update (answer) on firebreak.attendance to {{app}};
grant update (body, tlp, version, written_by, written_at) on firebreak.meeting_minutes to {{app}};
grant update (done_at) on firebreak.action_item to {{app}};
