-- Why: an organisation makes its signing key itself, and the network's steward signs it only after comparing its fingerprint
-- with somebody there. Until then it waits here; its secret half is sealed to who made it.
create table firebreak.authority_ask (
  org_id   text not null references firebreak.org (id),
  key      text not null check (length(key) = 44),
  asked_by text not null references firebreak.member (id),
  asked_at timestamptz not null default now(),
  primary key (org_id, key));
alter table firebreak.authority_ask enable row level security;
alter table firebreak.authority_ask force row level security;
create policy seen on firebreak.authority_ask for select to {{app}}
  using (org_id = (select sec.org()) or (select sec.role()) = 'steward');
create policy asked on firebreak.authority_ask for insert to {{app}}
  with check (org_id = (select sec.org()) and asked_by = (select sec.member()));
grant select, insert on firebreak.authority_ask to {{app}};
