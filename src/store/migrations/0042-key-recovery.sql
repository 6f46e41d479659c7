-- Why: a lost device must not mean lost records, and nobody alone may get at a member's key. The key is split on the member's
-- own device (Shamir) among officers of at least two organisations, each share sealed to its officer. And a new key takes over
-- only when every record that the old one opened was wrapped again, in one transaction.
create table firebreak.key_share (
  member_id  text not null references firebreak.member (id),
  officer_id text not null references firebreak.member (id),
  -- so many shares give the key back
  threshold  int not null check (threshold between 2 and 10),
  -- of which of the member's keys it is a share
  recipient  text not null,
  wrapped    text not null check (length(wrapped) <= 8000),
  at         timestamptz not null default now(),
  primary key (member_id, officer_id),
  check (member_id <> officer_id));
create index on firebreak.key_share (officer_id);

-- A member asks their officers to pass the shares on to the key they have now.
create table firebreak.key_ask (
  id        text primary key,
  member_id text not null references firebreak.member (id),
  name      text not null,
  org_id    text not null references firebreak.org (id),
  recipient text not null,
  asked_at  timestamptz not null default now(),
  ended_at  timestamptz);
create unique index on firebreak.key_ask (member_id) where ended_at is null;

create table firebreak.key_help (
  ask_id     text not null references firebreak.key_ask (id),
  officer_id text not null references firebreak.member (id),
  wrapped    text not null check (length(wrapped) <= 8000),
  at         timestamptz not null default now(),
  primary key (ask_id, officer_id));

-- Records wrapped again for a key that has not taken over yet.
create table firebreak.sealed_rewrap (
  sealed_id text not null references firebreak.sealed (id) on delete cascade,
  member_id text not null references firebreak.member (id),
  recipient text not null,
  wrapped   text not null check (length(wrapped) <= 8000),
  primary key (member_id, sealed_id));
create index on firebreak.sealed_rewrap (sealed_id);

alter table firebreak.key_share enable row level security;
alter table firebreak.key_share force row level security;
alter table firebreak.key_ask enable row level security;
alter table firebreak.key_ask force row level security;
alter table firebreak.key_help enable row level security;
alter table firebreak.key_help force row level security;
alter table firebreak.sealed_rewrap enable row level security;
alter table firebreak.sealed_rewrap force row level security;

create policy seen on firebreak.key_share for select to {{app}}
  using (member_id = (select sec.member()) or officer_id = (select sec.member()));
create policy made on firebreak.key_share for insert to {{app}} with check (member_id = (select sec.member()));
create policy replaced on firebreak.key_share for delete to {{app}} using (member_id = (select sec.member()));
create policy seen on firebreak.key_ask for select to {{app}}
  using (member_id = (select sec.member()) or exists (select 1 from firebreak.key_share s
    where s.member_id = key_ask.member_id and s.officer_id = (select sec.member())));
create policy made on firebreak.key_ask for insert to {{app}}
  with check (member_id = (select sec.member()) and org_id = (select sec.org()));
create policy ended on firebreak.key_ask for update to {{app}} using (member_id = (select sec.member()));
create policy seen on firebreak.key_help for select to {{app}} using (officer_id = (select sec.member())
  or exists (select 1 from firebreak.key_ask a where a.id = ask_id and a.member_id = (select sec.member())));
create policy made on firebreak.key_help for insert to {{app}} with check (officer_id = (select sec.member())
  and exists (select 1 from firebreak.key_ask a where a.id = ask_id and a.ended_at is null
    and a.member_id <> (select sec.member())));
create policy own on firebreak.sealed_rewrap to {{app}} using (member_id = (select sec.member()));

grant select, insert, delete on firebreak.key_share, firebreak.sealed_rewrap to {{app}};
grant select, insert on firebreak.key_ask, firebreak.key_help to {{app}};
grant update (ended_at) on firebreak.key_ask to {{app}};
-- a key of one's own that is exchanged takes the signing keys sealed to it along
create policy rewrapped on firebreak.key_secret for update to {{app}} using (member_id = (select sec.member()))
  with check (member_id = (select sec.member()));
grant update (wrapped) on firebreak.key_secret to {{app}};
