-- Why: every item carries how far it may go (TLP), what may be done with it (PAP) and what must be kept in mind; what is
-- made of it carries no less. The words are those of src/core/marking.ts.
alter table firebreak.report
  add column pap text not null default 'AMBER' check (pap in ('CLEAR', 'GREEN', 'AMBER', 'RED')),
  add column handling text[] not null default '{}' check (handling <@ array['victim-identity', 'no-police', 'no-embassy',
    'no-employer', 'duress-risk', 'evidence-only', 'chatham-house']),
  add column possible_victim boolean not null default false,
  add column expires_at timestamptz;
alter table firebreak.request
  add column pap text not null default 'AMBER' check (pap in ('CLEAR', 'GREEN', 'AMBER', 'RED')),
  add column handling text[] not null default '{}',
  add column possible_victim boolean not null default false,
  add column expires_at timestamptz,
  add column basis_kind text not null default 'public_interest'
    check (basis_kind in ('consent', 'vital_interest', 'legal_duty', 'public_interest'));

-- Whoever belongs to the organisation may mark a report higher or lower; only its author files it.
drop policy own on firebreak.report;
create policy seen on firebreak.report for select to {{app}} using (org_id = (select sec.org()));
create policy made on firebreak.report for insert to {{app}}
  with check (org_id = (select sec.org()) and author_id = (select sec.member()));
create policy changed on firebreak.report for update to {{app}}
  using (org_id = (select sec.org())) with check (org_id = (select sec.org()));
grant update (tlp, pap, handling, possible_victim, expires_at) on firebreak.report to {{app}};

-- Ranks for comparing; a word that nobody knows counts as the highest.
create function firebreak.tlp_rank(tlp text) returns int language sql immutable set search_path = pg_catalog, pg_temp
  return case tlp when 'CLEAR' then 0 when 'GREEN' then 1 when 'AMBER' then 2 when 'AMBER+STRICT' then 3 else 4 end;
create function firebreak.pap_rank(pap text) returns int language sql immutable set search_path = pg_catalog, pg_temp
  return case pap when 'CLEAR' then 0 when 'GREEN' then 1 when 'AMBER' then 2 else 3 end;
-- From whom a handling mark keeps an item: the rule that core/marking.ts has as KEPT_FROM.
create function firebreak.kept_from(handling text[], kind text) returns boolean language sql immutable
  set search_path = pg_catalog, pg_temp
  return ('no-police' = any (handling) and kind = 'police') or ('no-embassy' = any (handling) and kind = 'embassy')
    or ('no-employer' = any (handling) and kind = 'business');
create function firebreak.enforces(kind text, use text) returns boolean language sql immutable
  set search_path = pg_catalog, pg_temp
  return use = 'investigation' or kind in ('police', 'fiu');
revoke all on function firebreak.tlp_rank(text), firebreak.pap_rank(text), firebreak.kept_from(text[], text),
  firebreak.enforces(text, text) from public;
grant execute on function firebreak.tlp_rank(text), firebreak.pap_rank(text), firebreak.kept_from(text[], text),
  firebreak.enforces(text, text) to {{app}}, {{definer}};
