-- Why: nobody enters unless a member proposes them; a second reader from another organisation looks, and every member may
-- object before a steward decides (field.md 1.1). The steps are functions, so that no runtime code can leave one out:
-- who proposed cannot read or decide, who read cannot decide, and the window has passed.
grant create on schema firebreak to {{definer}};

alter table firebreak.org
  add column probation_until timestamptz,
  -- when the membership must be looked at again; null for those who were there from the beginning
  add column review_by timestamptz,
  add column suspended_at timestamptz;
alter table firebreak.member
  add column sponsor_id text references firebreak.member (id),
  add column probation_until timestamptz,
  add column review_by timestamptz,
  add column suspended_at timestamptz;

create table firebreak.proposal (
  id             text primary key,
  kind           text not null check (kind in ('org', 'member', 'renewal')),
  -- what the candidate is called; a person's name is the one they go by in the network
  name           text not null check (length(name) between 1 and 200),
  -- member: where the person would join; renewal: whose membership is looked at again
  org_id         text references firebreak.org (id),
  -- org: {kind, country, timeZone, hours, languages, channel, powers}; member: {role}
  card           jsonb not null default '{}',
  reasons        text not null check (length(reasons) between 1 and 4000),
  -- 'none' has to be said
  conflicts      text not null check (length(conflicts) between 1 and 4000),
  sponsor_id     text not null references firebreak.member (id),
  sponsor_org    text not null references firebreak.org (id),
  proposed_at    timestamptz not null default now(),
  state          text not null default 'proposed'
    check (state in ('proposed', 'open', 'paused', 'admitted', 'refused', 'withdrawn')),
  paused_from    text check (paused_from in ('proposed', 'open')),
  reader_id      text references firebreak.member (id),
  reader_org     text references firebreak.org (id),
  reader_words   text check (length(reader_words) between 1 and 4000),
  read_at        timestamptz,
  -- until then every member may object
  window_ends    timestamptz,
  decided_by     text references firebreak.member (id),
  decided_words  text check (length(decided_words) between 1 and 4000),
  decided_at     timestamptz,
  check ((kind = 'org') = (org_id is null)),
  check (reader_id is distinct from sponsor_id and reader_org is distinct from sponsor_org
    and (reader_org is null or reader_org is distinct from org_id)),
  check (decided_by is null or (decided_by <> sponsor_id and decided_by is distinct from reader_id)),
  check (state <> 'admitted' or (reader_id is not null and decided_by is not null)));
create index on firebreak.proposal (state, proposed_at);
create index on firebreak.proposal (sponsor_id);

-- Where the candidate is reached: for who proposed them and the steward alone.
create table firebreak.proposal_contact (
  proposal_id text primary key references firebreak.proposal (id),
  email       text not null check (email = lower(email) and length(email) between 3 and 320));

-- Who objects is known to the steward alone; who is objected to can be dangerous.
create table firebreak.objection (
  id            text primary key,
  proposal_id   text not null references firebreak.proposal (id),
  member_id     text not null references firebreak.member (id),
  org_id        text not null references firebreak.org (id),
  words         text not null check (length(words) between 1 and 4000),
  made_at       timestamptz not null default now(),
  settled_by    text references firebreak.member (id),
  settled_words text check (length(settled_words) between 1 and 4000),
  settled_at    timestamptz,
  unique (proposal_id, member_id),
  check ((settled_by is null) = (settled_words is null)),
  check (settled_by is distinct from member_id));

-- Suspension is one steward's and at once; removal needs a second person of another organisation.
create table firebreak.removal (
  id            text primary key,
  kind          text not null check (kind in ('org', 'member')),
  subject_id    text not null,
  reason        text not null check (length(reason) between 1 and 4000),
  asked_by      text not null references firebreak.member (id),
  asked_org     text not null references firebreak.org (id),
  asked_at      timestamptz not null default now(),
  expires_at    timestamptz not null default now() + interval '72 hours',
  confirmed_by  text references firebreak.member (id),
  confirmed_org text references firebreak.org (id),
  confirmed_at  timestamptz,
  withdrawn_at  timestamptz,
  check (confirmed_by is distinct from asked_by and confirmed_org is distinct from asked_org),
  check ((confirmed_by is null) = (confirmed_at is null)));
create unique index on firebreak.removal (kind, subject_id) where confirmed_at is null and withdrawn_at is null;

-- One row: what the network agreed on. Days.
create table firebreak.network_rule (
  id             int primary key check (id = 1),
  objection_days int not null default 7 check (objection_days between 1 and 60),
  probation_days int not null default 90 check (probation_days between 0 and 730),
  review_days    int not null default 365 check (review_days between 30 and 1460));
insert into firebreak.network_rule (id) values (1);

-- an admitted proposal lets one organisation in, and one person at a time
alter table firebreak.org add column proposal_id text unique references firebreak.proposal (id);
alter table firebreak.invite add column proposal_id text references firebreak.proposal (id);

do $$ declare t text; begin
  foreach t in array array['proposal', 'proposal_contact', 'objection', 'removal', 'network_rule'] loop
    execute format('alter table firebreak.%I enable row level security', t);
    execute format('alter table firebreak.%I force row level security', t);
  end loop;
  -- the steps below look at and change these, and nothing else does
  foreach t in array array['proposal', 'objection', 'removal', 'member', 'org', 'session', 'sealed_wrap'] loop
    execute format('create policy stepped on firebreak.%I to {{definer}} using (true) with check (true)', t);
  end loop;
  create policy stepped on firebreak.network_rule for select to {{definer}} using (id = 1);
end $$;
grant select, update on firebreak.proposal, firebreak.objection, firebreak.removal to {{definer}};
grant select on firebreak.network_rule, firebreak.session to {{definer}};
grant update (left_at, suspended_at, probation_until, review_by) on firebreak.member, firebreak.org to {{definer}};
grant update (ended_at) on firebreak.session to {{definer}};
grant delete on firebreak.sealed_wrap to {{definer}};

-- Whether the asker may speak for others: not on probation, not suspended, not overdue for review; and so their organisation.
create function firebreak.in_good_standing(of_member text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.member m join firebreak.org o on o.id = m.org_id
    where m.id = of_member and m.left_at is null and o.left_at is null
      and m.suspended_at is null and o.suspended_at is null
      and coalesce(m.probation_until, '-infinity') <= now() and coalesce(o.probation_until, '-infinity') <= now()
      and coalesce(m.review_by, 'infinity') > now() and coalesce(o.review_by, 'infinity') > now())
$$;

create function firebreak.read_proposal(of_proposal text, said text, supports boolean) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  p firebreak.proposal;
  days int;
begin
  select * into p from firebreak.proposal where id = of_proposal for update;
  if not found then raise exception 'no such proposal' using errcode = 'P0002'; end if;
  if p.state <> 'proposed' then raise exception 'already read' using errcode = '23514'; end if;
  if sec.org() is null or sec.org() = p.sponsor_org or sec.org() is not distinct from p.org_id
    or not firebreak.in_good_standing(sec.member()) then
    raise exception 'not a second reader' using errcode = '42501';
  end if;
  select objection_days into days from firebreak.network_rule where id = 1;
  update firebreak.proposal set reader_id = sec.member(), reader_org = sec.org(), reader_words = said,
      read_at = now(), state = case when supports then 'open' else 'refused' end,
      window_ends = case when supports then now() + make_interval(days => days) end
    where id = of_proposal returning * into p;
  return p.state;
end $$;

create function firebreak.decide_proposal(of_proposal text, admit boolean, said text) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  p firebreak.proposal;
  r firebreak.network_rule;
begin
  if sec.role() is distinct from 'steward' then raise exception 'not a steward' using errcode = '42501'; end if;
  select * into p from firebreak.proposal where id = of_proposal for update;
  if not found then raise exception 'no such proposal' using errcode = 'P0002'; end if;
  if p.state <> 'open' then raise exception 'not open' using errcode = '23514'; end if;
  if sec.member() in (p.sponsor_id, p.reader_id) or sec.org() is not distinct from p.org_id then
    raise exception 'not one’s own' using errcode = '42501';
  end if;
  if admit then
    if p.window_ends > now() then raise exception 'the window is open' using errcode = '23514'; end if;
    if exists (select 1 from firebreak.objection o where o.proposal_id = p.id and o.settled_at is null) then
      raise exception 'an objection is open' using errcode = '23514';
    end if;
    if not (firebreak.in_good_standing(p.sponsor_id) and firebreak.in_good_standing(p.reader_id)) then
      raise exception 'a sponsor or reader is not in good standing' using errcode = '23514';
    end if;
  end if;
  update firebreak.proposal set decided_by = sec.member(), decided_words = said, decided_at = now(),
    state = case when admit then 'admitted' else 'refused' end where id = p.id;
  if admit and p.kind = 'renewal' then
    select * into r from firebreak.network_rule where id = 1;
    update firebreak.org set review_by = now() + make_interval(days => r.review_days), probation_until = null,
      suspended_at = null where id = p.org_id;
  end if;
  return case when admit then 'admitted' else 'refused' end;
end $$;

create function firebreak.settle_objection(of_objection text, said text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if sec.role() is distinct from 'steward' then raise exception 'not a steward' using errcode = '42501'; end if;
  update firebreak.objection set settled_by = sec.member(), settled_words = said, settled_at = now()
    where id = of_objection and settled_at is null and member_id <> sec.member();
  return found;
end $$;

-- Withdrawn by who proposed it; resumed by the steward after a pause.
create function firebreak.turn_proposal(of_proposal text, turn text) returns text
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  p firebreak.proposal;
begin
  select * into p from firebreak.proposal where id = of_proposal for update;
  if not found then raise exception 'no such proposal' using errcode = 'P0002'; end if;
  if turn = 'withdraw' and p.sponsor_id = sec.member() and p.state in ('proposed', 'open', 'paused') then
    update firebreak.proposal set state = 'withdrawn', paused_from = null where id = p.id;
  elsif turn = 'resume' and sec.role() = 'steward' and p.state = 'paused' then
    -- the days of the pause are given back to those who may object
    update firebreak.proposal set state = p.paused_from, paused_from = null,
      window_ends = case when p.paused_from = 'open'
        then greatest(p.window_ends, now() + interval '1 day') end where id = p.id;
  else
    raise exception 'not possible now' using errcode = '23514';
  end if;
  return (select state from firebreak.proposal where id = of_proposal);
end $$;

-- How many objections wait, for those whom it concerns; null for everybody else.
create function firebreak.open_objections(of_proposal text) returns int
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when sec.role() = 'steward' or sec.member() in (p.sponsor_id, p.reader_id)
    then (select count(*)::int from firebreak.objection o where o.proposal_id = p.id and o.settled_at is null) end
  from firebreak.proposal p where p.id = of_proposal
$$;

-- What is said against a candidate: whole for the steward, without who says it for the sponsor and the second reader.
create function firebreak.objections_of(of_proposal text)
  returns table (id text, words text, made_at timestamptz, member_id text, name text, org_id text, org_name text, settled_words text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.words, o.made_at, case when s then m.id end, case when s then m.name end, case when s then g.id end,
    case when s then g.name end, o.settled_words
  from firebreak.proposal p join firebreak.objection o on o.proposal_id = p.id
    join firebreak.member m on m.id = o.member_id join firebreak.org g on g.id = o.org_id
    cross join lateral (select sec.role() = 'steward' or o.member_id = sec.member()) sees (s)
  where p.id = of_proposal and (sec.role() = 'steward' or sec.member() in (p.sponsor_id, p.reader_id, o.member_id))
  order by o.made_at
$$;
-- Who speaks for a candidate is named to everybody who may object.
create function firebreak.voices(of_members text[]) returns table (member_id text, name text, org_id text, org_name text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.name, o.id, o.name from firebreak.member m join firebreak.org o on o.id = m.org_id
  where sec.member() is not null and m.id = any (of_members)
    and exists (select 1 from firebreak.proposal p where m.id in (p.sponsor_id, p.reader_id))
$$;

-- Where somebody works whose removal is asked for; not who they are.
create function firebreak.orgs_of(of_members text[]) returns table (member_id text, org_id text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.org_id from firebreak.member m where sec.member() is not null and m.id = any (of_members)
    and exists (select 1 from firebreak.removal r where r.kind = 'member' and r.subject_id = m.id)
$$;

-- Ends every session of a person or of everybody in an organisation; live streams hear of it at once (T8).
create function firebreak.end_sessions(of_kind text, of_subject text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended bytea;
begin
  for ended in
    update firebreak.session s set ended_at = clock_timestamp()
      from firebreak.member m
      where m.id = s.member_id and s.ended_at is null
        and ((of_kind = 'member' and m.id = of_subject) or (of_kind = 'org' and m.org_id = of_subject))
      returning s.token_hash
  loop
    perform pg_notify('firebreak_live', json_build_object('topic', 'session', 'id', encode(ended, 'hex'))::text);
  end loop;
end $$;

-- The open proposals of those who vouched for somebody that was suspended or removed stop until a steward has looked.
create function firebreak.pause_sponsors(of_kind text, of_subject text) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  paused int;
begin
  update firebreak.proposal set paused_from = state, state = 'paused'
    where state in ('proposed', 'open') and (
      sponsor_id in (select m.sponsor_id from firebreak.member m
        where (of_kind = 'member' and m.id = of_subject) or (of_kind = 'org' and m.org_id = of_subject))
      or sponsor_id in (select m.id from firebreak.member m
        where (of_kind = 'member' and m.id = of_subject) or (of_kind = 'org' and m.org_id = of_subject)));
  get diagnostics paused = row_count;
  return paused;
end $$;

-- One steward, at once, and it can be undone: sessions end, nothing new reaches them, their sponsors' proposals pause.
create function firebreak.suspend(of_kind text, of_subject text, lift boolean) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if sec.system() is distinct from 'clock' and (sec.role() is distinct from 'steward'
      or of_subject in (sec.member(), sec.org())) then
    raise exception 'not a steward, or oneself' using errcode = '42501';
  end if;
  if of_kind = 'org' then
    update firebreak.org set suspended_at = case when lift then null else coalesce(suspended_at, now()) end
      where id = of_subject and left_at is null;
  else
    update firebreak.member set suspended_at = case when lift then null else coalesce(suspended_at, now()) end
      where id = of_subject and left_at is null;
  end if;
  if not found then raise exception 'nobody there' using errcode = 'P0002'; end if;
  if lift then return 0; end if;
  perform firebreak.end_sessions(of_kind, of_subject);
  return firebreak.pause_sponsors(of_kind, of_subject);
end $$;

-- The second person of another organisation makes a removal final: it cannot be undone.
-- Returns how many sealed records lost a reader; their keys are to be renewed by those who still hold them.
create function firebreak.confirm_removal(of_removal text) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  r firebreak.removal;
  subject_org text;
  lost int;
begin
  select * into r from firebreak.removal where id = of_removal for update;
  if not found then raise exception 'no such removal' using errcode = 'P0002'; end if;
  if r.confirmed_at is not null or r.withdrawn_at is not null or r.expires_at <= clock_timestamp() then
    raise exception 'not open' using errcode = '23514';
  end if;
  subject_org := case r.kind when 'org' then r.subject_id
    else (select m.org_id from firebreak.member m where m.id = r.subject_id) end;
  if sec.member() is null or sec.member() = r.asked_by or sec.org() in (r.asked_org, subject_org)
    or not firebreak.in_good_standing(sec.member()) then
    raise exception 'not a second person' using errcode = '42501';
  end if;
  update firebreak.removal set confirmed_by = sec.member(), confirmed_org = sec.org(), confirmed_at = clock_timestamp()
    where id = r.id;
  if r.kind = 'org' then update firebreak.org set left_at = coalesce(left_at, now()) where id = r.subject_id; end if;
  update firebreak.member set left_at = coalesce(left_at, now())
    where (r.kind = 'member' and id = r.subject_id) or (r.kind = 'org' and org_id = r.subject_id);
  perform firebreak.end_sessions(r.kind, r.subject_id);
  perform firebreak.pause_sponsors(r.kind, r.subject_id);
  update firebreak.seat set left_at = coalesce(left_at, now()) where member_id in (select m.id from firebreak.member m
    where (r.kind = 'member' and m.id = r.subject_id) or (r.kind = 'org' and m.org_id = r.subject_id));
  delete from firebreak.sealed_wrap where member_id in (select m.id from firebreak.member m
    where (r.kind = 'member' and m.id = r.subject_id) or (r.kind = 'org' and m.org_id = r.subject_id));
  get diagnostics lost = row_count;
  return lost;
end $$;

do $$ declare f text; begin
  foreach f in array array['in_good_standing(text)', 'read_proposal(text, text, boolean)',
      'decide_proposal(text, boolean, text)', 'settle_objection(text, text)', 'turn_proposal(text, text)',
      'open_objections(text)', 'objections_of(text)', 'voices(text[])', 'orgs_of(text[])', 'end_sessions(text, text)', 'pause_sponsors(text, text)', 'suspend(text, text, boolean)',
      'confirm_removal(text)'] loop
    execute format('alter function firebreak.%s owner to {{definer}}', f);
    execute format('revoke all on function firebreak.%s from public', f);
    -- two are steps inside others and may not be called on their own
    if f not like 'end_sessions%' and f not like 'pause_sponsors%' then
      execute format('grant execute on function firebreak.%s to {{app}}', f);
    end if;
  end loop;
end $$;
-- who is on duty when a record is sealed: nobody who is suspended
create or replace function firebreak.key_holders(of_org text) returns table (member_id text, recipient text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.recipient from firebreak.member m join firebreak.org o on o.id = m.org_id
  where m.org_id = of_org and m.left_at is null and o.left_at is null and sec.member() is not null
    and m.suspended_at is null and o.suspended_at is null
    and m.role in ('caseworker', 'officer', 'fraud_desk', 'fiu_analyst')
$$;
revoke create on schema firebreak from {{definer}};

-- Every member sees who is proposed: that is what the window is for.
create policy seen on firebreak.proposal for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) = 'signin');
create policy made on firebreak.proposal for insert to {{app}}
  with check (sponsor_id = (select sec.member()) and sponsor_org = (select sec.org()) and state = 'proposed'
    and reader_id is null and decided_by is null and window_ends is null
    and (select firebreak.in_good_standing(sec.member())));
create policy known on firebreak.proposal_contact for select to {{app}}
  using ((select sec.role()) = 'steward'
    or exists (select 1 from firebreak.proposal p where p.id = proposal_id and p.sponsor_id = (select sec.member())));
create policy made on firebreak.proposal_contact for insert to {{app}}
  with check (exists (select 1 from firebreak.proposal p
    where p.id = proposal_id and p.sponsor_id = (select sec.member()) and p.state = 'proposed'));
create policy seen on firebreak.objection for select to {{app}}
  using (member_id = (select sec.member()) or (select sec.role()) = 'steward');
create policy made on firebreak.objection for insert to {{app}}
  with check (member_id = (select sec.member()) and org_id = (select sec.org()) and settled_by is null
    and exists (select 1 from firebreak.proposal p
      where p.id = proposal_id and p.state = 'open' and p.window_ends > now()));
create policy seen on firebreak.removal for select to {{app}} using ((select sec.member()) is not null);
create policy asked on firebreak.removal for insert to {{app}}
  with check ((select sec.role()) = 'steward' and asked_by = (select sec.member()) and asked_org = (select sec.org())
    and confirmed_by is null and subject_id <> (select sec.member()) and subject_id <> (select sec.org()));
create policy withdrawn on firebreak.removal for update to {{app}}
  using (asked_by = (select sec.member()) and confirmed_at is null)
  with check (asked_by = (select sec.member()) and withdrawn_at is not null);
create policy seen on firebreak.network_rule for select to {{app}} using ((select sec.member()) is not null
  or (select sec.system()) in ('signin', 'setup', 'clock'));
create policy changed on firebreak.network_rule for update to {{app}} using ((select sec.role()) = 'steward' and id = 1);

-- An organisation, its powers and its first person come in by an admitted proposal, or at set-up.
create policy admitted on firebreak.org for insert to {{app}}
  with check ((select sec.role()) = 'steward' and exists (select 1 from firebreak.proposal p
    where p.id = org.proposal_id and p.kind = 'org' and p.state = 'admitted' and p.name = org.name));
-- What an organisation may lawfully do is checked by a steward, who is named beside it.
create policy verified on firebreak.power for insert to {{app}} with check ((select sec.role()) = 'steward');
create policy ended on firebreak.power for update to {{app}} using ((select sec.role()) = 'steward');
create policy admitted on firebreak.invite for insert to {{app}}
  with check ((select sec.role()) = 'steward' and exists (select 1 from firebreak.proposal p
    join firebreak.proposal_contact c on c.proposal_id = p.id
    where p.id = invite.proposal_id and p.state = 'admitted' and c.email = invite.email));
create policy offered on firebreak.invite for select to {{app}}
  using ((select sec.role()) = 'steward' and proposal_id is not null);
-- leaving goes through confirm_removal; set-up alone may still mark it
drop policy changed on firebreak.org;
create policy changed on firebreak.org for update to {{app}} using ((select sec.system()) = 'setup');

grant select, insert on firebreak.proposal, firebreak.proposal_contact, firebreak.objection, firebreak.removal to {{app}};
grant select on firebreak.network_rule to {{app}};
grant update (objection_days, probation_days, review_days) on firebreak.network_rule to {{app}};
grant update (withdrawn_at) on firebreak.removal to {{app}};
grant update (until) on firebreak.power to {{app}};
