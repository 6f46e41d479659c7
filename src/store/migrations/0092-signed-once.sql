-- Why: a signed request is good for a minute, and who had caught one (a proxy that ends TLS, a log of whole requests) could send it once
-- more to another process of the house, or to one that had just started: each remembered by itself what it had seen. Now the
-- request's own transaction marks it here, so that it has at most one effect wherever it arrives; two at once wait for each other
-- at the key. The mark is a hash: it says neither who nor what.
create table firebreak.signed_request (
  mark  bytea primary key check (length(mark) = 32),
  until timestamptz not null);
create index on firebreak.signed_request (until);
alter table firebreak.signed_request enable row level security;
alter table firebreak.signed_request force row level security;
create policy marked on firebreak.signed_request for insert to {{app}} with check ((select sec.member()) is not null);
create policy swept on firebreak.signed_request for select to {{app}} using ((select sec.system()) = 'clock');
create policy removed on firebreak.signed_request for delete to {{app}} using ((select sec.system()) = 'clock');
grant select (until), insert, delete on firebreak.signed_request to {{app}};
