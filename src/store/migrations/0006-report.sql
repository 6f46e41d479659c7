-- Why: what the server knows of a report is its frame: whose, which marking, since which hour. The story is sealed; the
-- identifiers it holds stand here only as blind tokens, so that "do we both know this account?" can be answered.
create table firebreak.report (
  id         text primary key,
  ref        text not null,
  org_id     text not null references firebreak.org (id),
  author_id  text not null references firebreak.member (id),
  sealed_id  text not null references firebreak.sealed (id),
  tlp        text not null check (tlp in ('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR')),
  status     text not null default 'open' check (status in ('open', 'closed')),
  created_at timestamptz not null default date_trunc('hour', now()));
create index on firebreak.report (org_id, created_at desc, id);

create table firebreak.report_evidence (
  report_id text not null references firebreak.report (id),
  sealed_id text not null references firebreak.sealed (id),
  org_id    text not null references firebreak.org (id),
  primary key (report_id, sealed_id));

-- token: OPRF output of the identifier (RFC 9497), never the identifier.
create table firebreak.report_token (
  report_id text not null references firebreak.report (id),
  org_id    text not null references firebreak.org (id),
  token     text not null check (token ~ '^[0-9a-f]{64}$'),
  kind      text not null,
  country   text,
  primary key (report_id, token));
create index on firebreak.report_token (token);

-- How many fresh identifiers an organisation may ask about in a day: the wall against enumeration (security.md 4.5).
create table firebreak.match_use (
  org_id text not null references firebreak.org (id),
  day    date not null,
  used   int not null check (used between 0 and 500),
  primary key (org_id, day));

alter table firebreak.report enable row level security;
alter table firebreak.report force row level security;
alter table firebreak.report_evidence enable row level security;
alter table firebreak.report_evidence force row level security;
alter table firebreak.report_token enable row level security;
alter table firebreak.report_token force row level security;
alter table firebreak.match_use enable row level security;
alter table firebreak.match_use force row level security;
create policy own on firebreak.report to {{app}} using (org_id = (select sec.org()))
  with check (org_id = (select sec.org()) and author_id = (select sec.member()));
create policy own on firebreak.report_evidence to {{app}} using (org_id = (select sec.org()));
create policy own on firebreak.report_token to {{app}} using (org_id = (select sec.org()));
create policy own on firebreak.match_use to {{app}} using (org_id = (select sec.org()));
grant select, insert on firebreak.report, firebreak.report_evidence, firebreak.report_token, firebreak.match_use to {{app}};
grant update (status) on firebreak.report to {{app}};
grant update (used) on firebreak.match_use to {{app}};
