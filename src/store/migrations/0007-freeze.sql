-- Why: a request carries clocks and a ledger from the one who knows to the one who can act. Sender and authority see the
-- request; a bank sees only its order; whoever joins later sees it only through a live grant.
-- the definer owns its functions, and may create nothing once this migration is done
grant create on schema firebreak to {{definer}};

create table firebreak.request (
  id              text primary key,
  ref             text not null,
  kind            text not null check (kind in ('freeze')),
  from_org        text not null references firebreak.org (id),
  from_member     text not null references firebreak.member (id),
  to_org          text not null references firebreak.org (id),
  report_id       text not null references firebreak.report (id),
  rail_id         text not null,
  rail_version    text not null,
  status          text not null default 'sent' check (status in ('sent', 'acknowledged', 'ordered', 'answered', 'closed', 'declined', 'recalled')),
  tlp             text not null check (tlp in ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  purpose         text not null check (purpose in ('protect_money')),
  basis           text not null check (length(basis) between 1 and 500),
  -- what the sender chose to say in the clear to the recipient
  note            text not null default '' check (length(note) <= 4000),
  victim_country  text check (victim_country ~ '^[A-Z]{2}$'),
  paid_at         timestamptz,
  briefing_id     text references firebreak.sealed (id),
  sent_at         timestamptz not null default now(),
  red_at          timestamptz not null,
  due_at          timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text references firebreak.member (id),
  closed_at       timestamptz,
  check (from_org <> to_org),
  check (status not in ('acknowledged', 'ordered', 'answered') or acknowledged_at is not null));
create index on firebreak.request (from_org, status, due_at);
create index on firebreak.request (to_org, status, due_at);

-- A live grant to one request; the first is the recipient's, others join when both sides agree.
create table firebreak.request_access (
  request_id text not null references firebreak.request (id),
  org_id     text not null references firebreak.org (id),
  "as"       text not null check ("as" in ('authority', 'corroborator')),
  granted_by text not null references firebreak.org (id),
  since      timestamptz not null default now(),
  ended_at   timestamptz,
  primary key (request_id, org_id));
create index on firebreak.request_access (org_id) where ended_at is null;

create table firebreak.request_fact (
  id         text primary key,
  request_id text not null references firebreak.request (id),
  kind       text not null,
  normal     jsonb not null,
  country    text,
  system     text,
  why        text not null default '');
create index on firebreak.request_fact (request_id);

create table firebreak.request_token (
  request_id text not null references firebreak.request (id),
  from_org   text not null references firebreak.org (id),
  token      text not null check (token ~ '^[0-9a-f]{64}$'),
  primary key (request_id, token));
create index on firebreak.request_token (token);

create table firebreak.request_event (
  id         bigint generated always as identity primary key,
  request_id text not null references firebreak.request (id),
  at         timestamptz not null default clock_timestamp(),
  org_id     text not null references firebreak.org (id),
  kind       text not null check (kind in ('sent', 'acknowledged', 'ordered', 'answered', 'moved', 'joined', 'said', 'thanked', 'closed', 'declined', 'recalled')),
  body       jsonb not null default '{}');
create index on firebreak.request_event (request_id, id);

-- One account in one currency. reported = at_risk + held + lost + returned, always: money moves, it is never made or lost.
create table firebreak.money_line (
  id         text primary key,
  request_id text not null references firebreak.request (id),
  fact_id    text not null references firebreak.request_fact (id),
  currency   text not null check (currency ~ '^[A-Z]{3,5}$'),
  reported   bigint not null check (reported > 0),
  at_risk    bigint not null check (at_risk >= 0),
  held       bigint not null default 0 check (held >= 0),
  lost       bigint not null default 0 check (lost >= 0),
  returned   bigint not null default 0 check (returned >= 0),
  check (at_risk + held + lost + returned = reported),
  unique (request_id, fact_id, currency));

create table firebreak.money_move (
  id         text primary key,
  line_id    text not null references firebreak.money_line (id),
  from_state text not null check (from_state in ('at_risk', 'held', 'lost', 'returned')),
  to_state   text not null check (to_state in ('at_risk', 'held', 'lost', 'returned')),
  minor      bigint not null check (minor > 0),
  org_id     text not null references firebreak.org (id),
  at         timestamptz not null default clock_timestamp(),
  note       text not null default '' check (length(note) <= 1000),
  check (from_state <> to_state));
create index on firebreak.money_move (line_id);

-- What an authority tells one bank to do with one account: all that the bank sees.
create table firebreak.hold_order (
  id           text primary key,
  request_id   text not null references firebreak.request (id),
  line_id      text not null references firebreak.money_line (id),
  authority_org text not null references firebreak.org (id),
  bank_org     text not null references firebreak.org (id),
  ordered_by   text not null references firebreak.member (id),
  reference    text not null check (length(reference) between 1 and 100),
  legal_basis  text not null check (length(legal_basis) between 1 and 500),
  fact_kind    text not null,
  account      text not null,
  minor        bigint not null check (minor > 0),
  currency     text not null,
  ordered_at   timestamptz not null default now(),
  expires_at   timestamptz,
  answered_at  timestamptz,
  held_minor   bigint check (held_minor >= 0),
  gone_minor   bigint check (gone_minor >= 0),
  answer_note  text not null default '' check (length(answer_note) <= 1000),
  check ((answered_at is null) = (held_minor is null) and (answered_at is null) = (gone_minor is null)));
create index on firebreak.hold_order (bank_org, ordered_at desc);
create index on firebreak.hold_order (request_id);

-- A member whose report holds the same identifier as an open request of someone unknown to them.
create table firebreak.corroboration (
  id         text primary key,
  by_org     text not null references firebreak.org (id),
  by_member  text not null references firebreak.member (id),
  report_id  text not null references firebreak.report (id),
  token      text not null,
  status     text not null default 'offered' check (status in ('offered', 'agreed', 'declined')),
  request_id text references firebreak.request (id),
  offered_at timestamptz not null default now(),
  decided_at timestamptz,
  unique (report_id, token));
create index on firebreak.corroboration (by_org);

-- The same offer as the request's owner sees it: that someone has it, not who.
create table firebreak.corroboration_offer (
  id               text primary key,
  corroboration_id text not null references firebreak.corroboration (id),
  request_id       text not null references firebreak.request (id),
  org_id           text not null references firebreak.org (id),
  fact_kind        text not null,
  status           text not null default 'offered' check (status in ('offered', 'agreed', 'declined')),
  offered_at       timestamptz not null default now(),
  unique (corroboration_id, request_id));
create index on firebreak.corroboration_offer (org_id);

do $$ declare t text; begin
  foreach t in array array['request', 'request_access', 'request_fact', 'request_token', 'request_event', 'money_line',
    'money_move', 'hold_order', 'corroboration', 'corroboration_offer'] loop
    execute format('alter table firebreak.%I enable row level security', t);
    execute format('alter table firebreak.%I force row level security', t);
  end loop;
end $$;

create policy own on firebreak.request_access for select to {{app}} using (org_id = (select sec.org()));
-- Whether the asker sent this request to that organisation: a function for the same reason as sees_sealed.
create policy announced on firebreak.request for select to {{definer}} using (true);
grant select on firebreak.request to {{definer}};
create function firebreak.sent_to(of_request text, to_whom text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from firebreak.request r
    where r.id = of_request and r.from_org = sec.org() and r.to_org = to_whom)
$$;
alter function firebreak.sent_to(text, text) owner to {{definer}};
revoke all on function firebreak.sent_to(text, text) from public;
grant execute on function firebreak.sent_to(text, text) to {{app}};

create policy granted on firebreak.request_access for insert to {{app}}
  with check (granted_by = (select sec.org()) and "as" = 'authority' and firebreak.sent_to(request_id, org_id));
create policy seen on firebreak.request for select to {{app}}
  using (from_org = (select sec.org())
    or exists (select 1 from firebreak.request_access a
      where a.request_id = id and a.org_id = (select sec.org()) and a.ended_at is null));
create policy made on firebreak.request for insert to {{app}}
  with check (from_org = (select sec.org()) and from_member = (select sec.member()) and status = 'sent');
create policy moved on firebreak.request for update to {{app}}
  using (from_org = (select sec.org()) or to_org = (select sec.org()))
  with check (from_org = (select sec.org()) or to_org = (select sec.org()));

create policy seen on firebreak.request_fact for select to {{app}}
  using (exists (select 1 from firebreak.request r where r.id = request_id));
create policy made on firebreak.request_fact for insert to {{app}}
  with check (exists (select 1 from firebreak.request r where r.id = request_id and r.from_org = (select sec.org())));
create policy own on firebreak.request_token for select to {{app}} using (from_org = (select sec.org()));
create policy made on firebreak.request_token for insert to {{app}}
  with check (from_org = (select sec.org())
    and exists (select 1 from firebreak.request r where r.id = request_id and r.from_org = (select sec.org())));

create policy own on firebreak.hold_order for select to {{app}}
  using (bank_org = (select sec.org()) or exists (select 1 from firebreak.request r where r.id = request_id));
create policy made on firebreak.hold_order for insert to {{app}}
  with check (authority_org = (select sec.org()) and ordered_by = (select sec.member())
    and exists (select 1 from firebreak.request r where r.id = request_id and r.to_org = (select sec.org())));
create policy answered on firebreak.hold_order for update to {{app}}
  using (bank_org = (select sec.org())) with check (bank_org = (select sec.org()));

create policy seen on firebreak.request_event for select to {{app}}
  using (exists (select 1 from firebreak.request r where r.id = request_id));
create policy made on firebreak.request_event for insert to {{app}}
  with check (org_id = (select sec.org()) and (
    exists (select 1 from firebreak.request r where r.id = request_id)
    or (kind in ('answered', 'moved') and exists (select 1 from firebreak.hold_order h
      where h.request_id = request_event.request_id and h.bank_org = (select sec.org())))));

create policy seen on firebreak.money_line for select to {{app}}
  using (exists (select 1 from firebreak.request r where r.id = request_id)
    or exists (select 1 from firebreak.hold_order h where h.line_id = money_line.id and h.bank_org = (select sec.org())));
create policy made on firebreak.money_line for insert to {{app}}
  with check (at_risk = reported
    and exists (select 1 from firebreak.request r where r.id = request_id and r.from_org = (select sec.org())));
create policy seen on firebreak.money_move for select to {{app}}
  using (exists (select 1 from firebreak.money_line l where l.id = line_id));
create policy made on firebreak.money_move for insert to {{app}}
  with check (org_id = (select sec.org()) and (
    exists (select 1 from firebreak.money_line l join firebreak.request r on r.id = l.request_id
      where l.id = line_id and r.to_org = (select sec.org()))
    or exists (select 1 from firebreak.hold_order h where h.line_id = money_move.line_id and h.bank_org = (select sec.org()))));

create policy own on firebreak.corroboration for select to {{app}} using (by_org = (select sec.org()));
create policy own on firebreak.corroboration_offer for select to {{app}} using (org_id = (select sec.org()));

grant select, insert on firebreak.request, firebreak.request_access, firebreak.request_fact, firebreak.request_token,
  firebreak.money_line, firebreak.money_move, firebreak.hold_order to {{app}};
grant select on firebreak.request_event, firebreak.corroboration, firebreak.corroboration_offer to {{app}};
grant insert (request_id, org_id, kind, body) on firebreak.request_event to {{app}};
grant update (status, acknowledged_at, acknowledged_by, closed_at) on firebreak.request to {{app}};
grant update (answered_at, held_minor, gone_minor, answer_note) on firebreak.hold_order to {{app}};

-- The only way a money line changes. The row lock makes two moves at once queue; the checks refuse what does not add up.
create function firebreak.move_money() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  execute format('update firebreak.money_line set %I = %I - $1, %I = %I + $1 where id = $2',
    new.from_state, new.from_state, new.to_state, new.to_state) using new.minor, new.line_id;
  return new;
end $$;
alter function firebreak.move_money() owner to {{definer}};
revoke all on function firebreak.move_money() from public;
create policy moved on firebreak.money_line to {{definer}} using (true);
grant select, update (at_risk, held, lost, returned) on firebreak.money_line to {{definer}};
create trigger move_money after insert on firebreak.money_move for each row execute function firebreak.move_money();

-- A bank sees its order and not the request, so the request learns of the answer here.
create function firebreak.order_answered() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update firebreak.request set status = 'answered' where id = new.request_id and status = 'ordered';
  return new;
end $$;
alter function firebreak.order_answered() owner to {{definer}};
revoke all on function firebreak.order_answered() from public;
create policy answered on firebreak.request for update to {{definer}} using (true);
grant update (status) on firebreak.request to {{definer}};
create trigger order_answered after update of answered_at on firebreak.hold_order
  for each row when (old.answered_at is null and new.answered_at is not null) execute function firebreak.order_answered();

-- Tells the live channel which organisations should look again: ids only, never content.
create function firebreak.announce() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  orgs text[];
begin
  select array_agg(distinct o) into orgs from (
    select r.from_org as o from firebreak.request r where r.id = new.request_id
    union select a.org_id from firebreak.request_access a where a.request_id = new.request_id and a.ended_at is null
    union select h.bank_org from firebreak.hold_order h where h.request_id = new.request_id) all_orgs;
  perform pg_notify('firebreak_live', json_build_object('topic', 'request', 'id', new.request_id, 'orgs', orgs)::text);
  return new;
end $$;
alter function firebreak.announce() owner to {{definer}};
revoke all on function firebreak.announce() from public;
create policy announced on firebreak.request_access for select to {{definer}} using (true);
create policy announced on firebreak.hold_order for select to {{definer}} using (true);
grant select on firebreak.request_access, firebreak.hold_order to {{definer}};
create trigger announce after insert on firebreak.request_event for each row execute function firebreak.announce();

revoke create on schema firebreak from {{definer}};
