-- Why: an item goes to any number of groups, organisations and single persons; is restricted from its first moment; and
-- stops being read the moment its owner takes it back, it expires, or the consent it rests on ends. All of that is asked
-- at every read, here, so that no route can forget it. Recipients do not learn of one another.
create table firebreak.share (
  id          text primary key,
  item_kind   text not null check (item_kind in ('report', 'request')),
  item_id     text not null,
  -- what people call it; a tombstone shows this and nothing else of the item
  item_ref    text not null default '',
  -- the report that the item is or comes from: its marking and its consents count
  report_id   text not null references firebreak.report (id),
  org_id      text not null references firebreak.org (id),
  made_by     text not null references firebreak.member (id),
  purpose     text not null check (purpose in ('protect_money', 'support', 'investigation', 'statistics', 'warning')),
  basis_kind  text not null check (basis_kind in ('consent', 'vital_interest', 'legal_duty', 'public_interest')),
  basis       text not null check (length(basis) between 1 and 500),
  -- whether recipients see who else received it
  reveal      boolean not null default false,
  made_at     timestamptz not null default now(),
  expires_at  timestamptz not null,
  ended_at    timestamptz,
  ended_why   text check (ended_why in ('recalled', 'corrected')),
  end_note    text not null default '' check (length(end_note) <= 1000),
  replaced_by text references firebreak.share (id),
  -- when recipients were told that it had expired
  told_at     timestamptz,
  check ((ended_at is null) = (ended_why is null)));
create index on firebreak.share (item_id);
create index on firebreak.share (report_id);
create index on firebreak.share (org_id, made_at desc);
create index on firebreak.share (expires_at) where told_at is null;

create table firebreak.share_grant (
  id        text primary key,
  share_id  text not null references firebreak.share (id),
  to_org    text references firebreak.org (id),
  to_member text references firebreak.member (id),
  -- a working group of 0060; that the sender sits in it is checked when it is granted
  to_group  text,
  since     timestamptz not null default now(),
  check (num_nonnulls(to_org, to_member, to_group) = 1),
  unique nulls not distinct (share_id, to_org, to_member, to_group));
create index on firebreak.share_grant (to_org, share_id);
create index on firebreak.share_grant (to_member, share_id);
create index on firebreak.share_grant (to_group, share_id);

-- Somebody whom an item had reached opened it although it had closed, because life or safety did not wait.
create table firebreak.break_glass (
  id          text primary key,
  share_id    text not null references firebreak.share (id),
  owner_org   text not null references firebreak.org (id),
  org_id      text not null references firebreak.org (id),
  member_id   text not null references firebreak.member (id),
  reason      text not null check (length(reason) between 20 and 2000),
  opened_at   timestamptz not null default now(),
  expires_at  timestamptz not null check (expires_at <= opened_at + interval '4 hours'),
  reviewed_at timestamptz,
  reviewed_by text references firebreak.member (id),
  verdict     text check (verdict in ('justified', 'not_justified')),
  review      text not null default '' check (length(review) <= 2000),
  check ((reviewed_at is null) = (verdict is null) and (reviewed_at is null) = (reviewed_by is null)));
create index on firebreak.break_glass (share_id, member_id);
create index on firebreak.break_glass (owner_org) where reviewed_at is null;

-- one key for each way in which somebody was given it: each closes by itself
alter table firebreak.sealed_wrap add column share_id text references firebreak.share (id);
alter table firebreak.sealed_wrap drop constraint sealed_wrap_pkey;
alter table firebreak.sealed_wrap add constraint sealed_wrap_once unique nulls not distinct (sealed_id, member_id, share_id);

do $$ declare t text; begin
  foreach t in array array['share', 'share_grant', 'break_glass'] loop
    execute format('alter table firebreak.%I enable row level security', t);
    execute format('alter table firebreak.%I force row level security', t);
    execute format('create policy looked on firebreak.%I for select to {{definer}} using (true)', t);
    execute format('grant select on firebreak.%I to {{definer}}', t);
  end loop;
end $$;
grant create on schema firebreak to {{definer}};

-- How a share stands for whoever asks: 'live'; why it closed; or null where it never reached them. What keeps an item from
-- a kind of organisation hides the share whole: that somebody wanted to keep it from them is itself worth hiding.
create function firebreak.share_standing(of_share text) returns text
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
  if s.basis_kind = 'consent' and not firebreak.consents(s.report_id, s.purpose) then return 'consent'; end if;
  if r.possible_victim and firebreak.enforces(mine, s.purpose) and not firebreak.disclosed(s.report_id, sec.org()) then
    return 'restricted';
  end if;
  if r.tlp = 'RED' and not by_name then return 'named'; end if;
  return 'live';
end $$;
-- Whether the asker may read what was shared. Broken glass opens what time, consent or a name had closed; never what the
-- owner took back, nor what is kept from enforcement.
create function firebreak.reads_share(of_share text) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  standing text := firebreak.share_standing(of_share);
begin
  return standing = 'live' or (standing in ('expired', 'consent', 'named') and exists (
    select 1 from firebreak.break_glass b where b.share_id = of_share and b.member_id = sec.member()
      and b.expires_at > clock_timestamp()));
end $$;
create function firebreak.owns_share(of_share text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.share s where s.id = of_share and s.org_id = sec.org())
$$;
create function firebreak.reveals(of_share text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.share s where s.id = of_share and s.reveal)
    and firebreak.share_standing(of_share) = 'live'
$$;
-- Whether a request is open to its receiver: it rests on a consent that lives, or on something else; and where a possible
-- victim is concerned, enforcement has its basis and its second person.
create function firebreak.request_open(of_request text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.request q join firebreak.report r on r.id = q.report_id
      join firebreak.org o on o.id = sec.org()
    where q.id = of_request
      and (q.expires_at is null or q.expires_at > clock_timestamp())
      and (q.basis_kind <> 'consent' or firebreak.consents(q.report_id, q.purpose))
      and not firebreak.kept_from(r.handling, o.kind)
      and (not r.possible_victim or not firebreak.enforces(o.kind, q.purpose) or firebreak.disclosed(r.id, o.id)))
$$;
create function firebreak.takes_part(of_request text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.request q where q.id = of_request and (q.from_org = sec.org() or q.to_org = sec.org()))
    or exists (select 1 from firebreak.request_access a
      where a.request_id = of_request and a.org_id = sec.org() and a.ended_at is null)
$$;
-- A key that was passed on opens only while what it was passed on with is open: a share, or a request that carries it.
create function firebreak.wrap_open(of_sealed text, by_share text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.sealed s where s.id = of_sealed and s.org_id = sec.org())
    or (by_share is not null and firebreak.reads_share(by_share))
    or exists (select 1 from firebreak.request q join firebreak.report r on r.id = q.report_id
      where q.to_org = sec.org() and firebreak.request_open(q.id)
        and (q.briefing_id = of_sealed or r.sealed_id = of_sealed
          or exists (select 1 from firebreak.report_evidence e where e.report_id = r.id and e.sealed_id = of_sealed)))
$$;
create or replace function firebreak.sees_sealed(of_sealed text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.sealed s where s.id = of_sealed and (s.org_id = sec.org()
    or exists (select 1 from firebreak.sealed_wrap w where w.sealed_id = s.id and w.member_id = sec.member()
      and (w.expires_at is null or w.expires_at > now()) and firebreak.wrap_open(s.id, w.share_id))))
$$;

-- What a share may be: of one's own item, for as long as the item lasts.
create function firebreak.share_made() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  r record;
begin
  if new.item_kind = 'report' then
    select p.id, p.ref, p.org_id, p.expires_at into r from firebreak.report p where p.id = new.item_id;
  else
    select p.id, q.ref, q.from_org as org_id, p.expires_at into r
      from firebreak.request q join firebreak.report p on p.id = q.report_id where q.id = new.item_id;
  end if;
  if not found or r.org_id is distinct from sec.org() then
    raise exception 'no such item' using errcode = 'P0002';
  end if;
  if new.expires_at <= now() or new.expires_at > now() + interval '1 year' then
    raise exception 'a share lasts from now until a year from now at most; choose another end' using errcode = 'FB422';
  end if;
  if new.basis_kind = 'consent' and not firebreak.consents(r.id, new.purpose) then
    raise exception 'no consent of the person to this use is recorded, or it has ended; record it, or name another basis'
      using errcode = 'FB409';
  end if;
  new.report_id := r.id;
  new.item_ref := r.ref;
  new.expires_at := least(new.expires_at, r.expires_at);
  return new;
end $$;
-- Whom a share may reach as the item is marked. The same rules hold at every read; here they give a clear answer.
create function firebreak.share_granted() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s firebreak.share;
  r record;
  o record;
begin
  select * into s from firebreak.share where id = new.share_id;
  if not found or s.org_id is distinct from sec.org() or s.ended_at is not null then
    raise exception 'no such share' using errcode = 'P0002';
  end if;
  select p.tlp, p.handling, p.possible_victim into r from firebreak.report p where p.id = s.report_id;
  if r.tlp = 'RED' and new.to_member is null then
    raise exception 'TLP:RED is for named people: share it with a person, or lower the marking first' using errcode = 'FB409';
  end if;
  if new.to_group is not null then
    return new; -- firebreak.share_grouped() looks at it with the sender's own eyes
  end if;
  select x.id, x.kind, x.name, x.left_at, x.suspended_at into o from firebreak.org x where x.id = coalesce(new.to_org,
    (select m.org_id from firebreak.member m where m.id = new.to_member and m.left_at is null));
  if not found then
    raise exception 'nobody of that name is in the network' using errcode = 'P0002';
  end if;
  if o.left_at is not null or o.suspended_at is not null then
    raise exception '% has left the network or is suspended; choose another recipient', o.name using errcode = 'FB409';
  end if;
  if firebreak.kept_from(r.handling, o.kind) then
    raise exception 'the item is marked to be kept from %; change its handling marks first', o.kind using errcode = 'FB409';
  end if;
  if r.possible_victim and firebreak.enforces(o.kind, s.purpose) and not firebreak.disclosed(s.report_id, o.id) then
    raise exception 'it is about a possible victim: % gets it only with a basis and a second person''s approval', o.name
      using errcode = 'FB409';
  end if;
  return new;
end $$;
-- Into a group only what its limit allows, and only from inside: it reads as the sender, who sees the groups they sit in.
create function firebreak.share_grouped() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  tlp text;
  most text;
begin
  if new.to_group is null then return new; end if;
  select r.tlp into tlp from firebreak.share s join firebreak.report r on r.id = s.report_id where s.id = new.share_id;
  select g.tlp_limit into most from firebreak.working_group g where g.id = new.to_group and g.closed_at is null;
  if most is null or not firebreak.in_group(new.to_group) then
    raise exception 'no such group' using errcode = 'P0002';
  end if;
  if firebreak.tlp_rank(tlp) > firebreak.tlp_rank(most) then
    raise exception 'this group holds nothing above TLP:%; the item is TLP:%', most, tlp using errcode = 'FB409';
  end if;
  return new;
end $$;
revoke all on function firebreak.share_grouped() from public;
-- A request carries no less than its report, and is not sent where the report may not go.
create function firebreak.request_derived() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  r record;
  o record;
begin
  select p.tlp, p.pap, p.handling, p.possible_victim, p.expires_at into r from firebreak.report p where p.id = new.report_id;
  select x.kind, x.name into o from firebreak.org x where x.id = new.to_org;
  if firebreak.tlp_rank(r.tlp) > firebreak.tlp_rank(new.tlp) then new.tlp := r.tlp; end if;
  if firebreak.pap_rank(r.pap) > firebreak.pap_rank(new.pap) then new.pap := r.pap; end if;
  new.handling := (select coalesce(array_agg(distinct h order by h), '{}') from unnest(r.handling || new.handling) h);
  new.possible_victim := r.possible_victim or new.possible_victim;
  new.expires_at := least(r.expires_at, new.expires_at);
  if firebreak.kept_from(new.handling, o.kind) then
    raise exception 'the report is marked to be kept from %; % cannot be asked', o.kind, o.name using errcode = 'FB409';
  end if;
  if new.possible_victim and not firebreak.disclosed(new.report_id, new.to_org) then
    raise exception 'the report is about a possible victim: % is asked only with a basis and a second person''s approval', o.name
      using errcode = 'FB409';
  end if;
  if new.basis_kind = 'consent' and not firebreak.consents(new.report_id, new.purpose) then
    raise exception 'no consent of the person to this use is recorded, or it has ended; record it, or name another basis'
      using errcode = 'FB409';
  end if;
  return new;
end $$;

-- A report that is marked higher takes its requests with it; marked lower, it leaves them as they are.
create function firebreak.requests_follow() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update firebreak.request q set
    tlp = case when firebreak.tlp_rank(new.tlp) > firebreak.tlp_rank(q.tlp) then new.tlp else q.tlp end,
    pap = case when firebreak.pap_rank(new.pap) > firebreak.pap_rank(q.pap) then new.pap else q.pap end,
    handling = (select coalesce(array_agg(distinct h order by h), '{}') from unnest(q.handling || new.handling) h),
    possible_victim = q.possible_victim or new.possible_victim,
    expires_at = least(q.expires_at, new.expires_at)
  where q.report_id = new.id;
  return new;
end $$;

-- Tells everybody whom a share has reached to look again: ids only.
create function firebreak.announce_share(of_share text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  orgs text[];
  part record;
begin
  select array_agg(distinct g.to_org) || (select s.org_id from firebreak.share s where s.id = of_share) into orgs
    from firebreak.share_grant g where g.share_id = of_share and g.to_org is not null;
  if orgs is null then
    select array[s.org_id] into orgs from firebreak.share s where s.id = of_share;
  end if;
  perform pg_notify('firebreak_live', json_build_object('topic', 'share', 'id', of_share, 'orgs', orgs)::text);
  -- a notification holds 8,000 bytes at most: people go out by the hundred
  for part in
    select array_agg(m) as members from (
      select m, row_number() over () / 100 as page from (
        select g.to_member as m from firebreak.share_grant g where g.share_id = of_share and g.to_member is not null
        union select w.member_id from firebreak.share_grant g join firebreak.seat w
          on w.group_id = g.to_group and w.left_at is null where g.share_id = of_share) people) pages group by page
  loop
    perform pg_notify('firebreak_live',
      json_build_object('topic', 'share', 'id', of_share, 'members', part.members)::text);
  end loop;
end $$;
create function firebreak.look_again() returns trigger
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
    perform pg_notify('firebreak_live', json_build_object('topic', 'share', 'id', new.share_id,
      'orgs', json_build_array(new.owner_org, new.org_id))::text);
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
-- Tells the recipients of what has expired; the reading itself had ended to the second.
create function firebreak.announce_expired() returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  told int;
begin
  if sec.system() is distinct from 'clock' then
    raise exception 'only the clock tells' using errcode = '42501';
  end if;
  update firebreak.share set told_at = now() where id in (
    select id from firebreak.share where told_at is null and expires_at <= now() order by expires_at limit 200);
  get diagnostics told = row_count;
  return told;
end $$;
-- Who has read what was shared: for its owner alone. People of other organisations are not named, only those it went to by
-- name are told apart.
create policy read_by on firebreak.audit_entry for select to {{definer}}
  using (act in ('share.read', 'sealed.opened'));
grant select (at, actor_id, org_id, act, object_id, detail) on firebreak.audit_entry to {{definer}};
create function firebreak.share_readers(of_share text)
  returns table (org_id text, by_name boolean, act text, first_at timestamptz, last_at timestamptz, times int)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.org_id, exists (select 1 from firebreak.share_grant g where g.share_id = of_share and g.to_member = a.actor_id),
    a.act, min(a.at), max(a.at), count(*)::int
  from firebreak.audit_entry a
  where firebreak.owns_share(of_share) and a.org_id <> sec.org()
    and ((a.act = 'share.read' and a.object_id = of_share)
      or (a.act = 'sealed.opened' and exists (select 1 from firebreak.sealed_wrap w
        where w.share_id = of_share and w.sealed_id = a.object_id and w.member_id = a.actor_id)))
  group by 1, 2, 3
$$;

do $$ declare f text; begin
  foreach f in array array['share_standing(text)', 'reads_share(text)', 'owns_share(text)',
    'reveals(text)', 'request_open(text)', 'takes_part(text)', 'wrap_open(text, text)', 'share_made()', 'share_granted()',
    'request_derived()', 'announce_share(text)', 'look_again()', 'share_readers(text)',
    'requests_follow()', 'announce_expired()'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
  end loop;
end $$;
grant execute on function firebreak.share_standing(text), firebreak.reads_share(text),
  firebreak.owns_share(text), firebreak.reveals(text), firebreak.request_open(text), firebreak.takes_part(text),
  firebreak.wrap_open(text, text), firebreak.share_readers(text),
  firebreak.announce_expired() to {{app}};
create policy told on firebreak.share for update to {{definer}} using (true);
grant update (told_at) on firebreak.share to {{definer}};
grant update (tlp, pap, handling, possible_victim, expires_at) on firebreak.request to {{definer}};

create trigger share_made before insert on firebreak.share for each row execute function firebreak.share_made();
create trigger share_granted before insert on firebreak.share_grant for each row execute function firebreak.share_granted();
create trigger share_grouped before insert on firebreak.share_grant for each row execute function firebreak.share_grouped();
create trigger request_derived before insert on firebreak.request for each row execute function firebreak.request_derived();
create trigger look_again after update on firebreak.share for each row execute function firebreak.look_again();
create trigger look_again after insert on firebreak.share_grant for each row execute function firebreak.look_again();
create trigger look_again after insert or update on firebreak.break_glass for each row execute function firebreak.look_again();
create trigger look_again after insert or update on firebreak.consent for each row execute function firebreak.look_again();
create trigger requests_follow after update of tlp, pap, handling, possible_victim, expires_at on firebreak.report
  for each row execute function firebreak.requests_follow();
create trigger look_again after update of tlp, handling, possible_victim, expires_at on firebreak.report
  for each row execute function firebreak.look_again();

create policy seen on firebreak.share for select to {{app}}
  using (org_id = (select sec.org()) or firebreak.share_standing(id) is not null);
create policy made on firebreak.share for insert to {{app}}
  with check (org_id = (select sec.org()) and made_by = (select sec.member()) and ended_at is null);
create policy ended on firebreak.share for update to {{app}}
  using (org_id = (select sec.org()) and ended_at is null) with check (org_id = (select sec.org()));
create policy seen on firebreak.share_grant for select to {{app}}
  using (to_org = (select sec.org()) or to_member = (select sec.member()) or firebreak.in_group(to_group)
    or firebreak.owns_share(share_id) or firebreak.reveals(share_id));
create policy made on firebreak.share_grant for insert to {{app}} with check (firebreak.owns_share(share_id));
create policy seen on firebreak.break_glass for select to {{app}}
  using (owner_org = (select sec.org()) or member_id = (select sec.member()));
-- only what had reached them, and only of the kind that glass may be broken for
create policy broken on firebreak.break_glass for insert to {{app}}
  with check (member_id = (select sec.member()) and org_id = (select sec.org()) and reviewed_at is null
    and exists (select 1 from firebreak.share s where s.id = share_id and s.org_id = owner_org)
    and firebreak.share_standing(share_id) in ('expired', 'consent', 'named'));
create policy reviewed on firebreak.break_glass for update to {{app}}
  using (owner_org = (select sec.org()) and reviewed_at is null)
  with check (owner_org = (select sec.org()) and reviewed_by = (select sec.member()));

grant select, insert on firebreak.share, firebreak.share_grant to {{app}};
grant update (ended_at, ended_why, end_note, replaced_by) on firebreak.share to {{app}};
grant select on firebreak.break_glass to {{app}};
grant insert (id, share_id, owner_org, org_id, member_id, reason, expires_at) on firebreak.break_glass to {{app}};
grant update (reviewed_at, reviewed_by, verdict, review) on firebreak.break_glass to {{app}};

-- the index answers for the many rows that nobody shared; the function is asked for the few that somebody did
create policy shared on firebreak.report for select to {{app}}
  using (exists (select 1 from firebreak.share s
    where s.item_id = report.id and s.item_kind = 'report' and firebreak.reads_share(s.id)));
create policy shared on firebreak.report_evidence for select to {{app}}
  using (exists (select 1 from firebreak.share s
    where s.item_id = report_evidence.report_id and s.item_kind = 'report' and firebreak.reads_share(s.id)));
create policy shared on firebreak.request for select to {{app}}
  using (exists (select 1 from firebreak.share s
    where s.item_id = request.id and s.item_kind = 'request' and firebreak.reads_share(s.id)));

-- The receiver reads a request while it is open to them; who joined, likewise.
alter policy seen on firebreak.request
  using (from_org = (select sec.org())
    or (exists (select 1 from firebreak.request_access a
      where a.request_id = id and a.org_id = (select sec.org()) and a.ended_at is null)
      -- most requests have nothing to ask for; marks follow the report's, so this is never out of date
      and ((basis_kind <> 'consent' and handling = '{}' and not possible_victim and expires_at is null)
        or firebreak.request_open(id))));
-- Those who joined, or with whom a request was shared, do not learn of one another: only sender and receiver see all.
alter policy seen on firebreak.request_event
  using (exists (select 1 from firebreak.request r where r.id = request_id
    and ((select sec.org()) in (r.from_org, r.to_org) or request_event.org_id = (select sec.org())
      or (request_event.org_id in (r.from_org, r.to_org) and firebreak.takes_part(r.id)))));
alter policy own on firebreak.hold_order
  using (bank_org = (select sec.org())
    or (firebreak.takes_part(request_id) and exists (select 1 from firebreak.request r where r.id = request_id)));

alter policy own on firebreak.sealed_wrap
  using ((member_id = (select sec.member()) and (expires_at is null or expires_at > now())
    and firebreak.wrap_open(sealed_id, share_id)) or granted_by = (select sec.member()));
alter policy granted on firebreak.sealed_wrap
  with check (granted_by = (select sec.member()) and firebreak.sees_sealed(sealed_id)
    and (share_id is null or firebreak.owns_share(share_id)));
revoke create on schema firebreak from {{definer}};
