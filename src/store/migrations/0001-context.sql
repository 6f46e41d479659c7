-- Why: row-level security is only as strong as the context it reads. A plain setting can be forged by whoever can run
-- SQL, so the context carries an HMAC that a definer function checks; without one, or with a forged one, every guarded
-- table answers with an error (security.md 4.6). HMAC-SHA256 is built from sha256() so that no extension is needed.
create schema sec;
create schema firebreak;
grant usage on schema sec, firebreak to {{app}}, {{definer}};

-- inner and outer: the key XORed with HMAC's ipad and opad (RFC 2104), 64 bytes each.
create table sec.context_key (
  id    int primary key check (id = 1),
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64));

create function sec.context() returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  raw text := current_setting('app.ctx', true);
  body text;
  mac text;
  pads sec.context_key;
  claims jsonb;
begin
  if coalesce(raw, '') = '' then
    raise exception 'no context' using errcode = '28000';
  end if;
  body := split_part(raw, '.', 1);
  mac := split_part(raw, '.', 2);
  select * into pads from sec.context_key where id = 1;
  if sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(body, 'UTF8'))) is distinct from decode(mac, 'hex') then
    raise exception 'forged context' using errcode = '28000';
  end if;
  claims := convert_from(decode(body, 'base64'), 'UTF8')::jsonb;
  if (claims ->> 'exp')::bigint <= extract(epoch from clock_timestamp()) then
    raise exception 'expired context' using errcode = '28000';
  end if;
  return claims;
exception
  when invalid_parameter_value or invalid_text_representation or character_not_in_repertoire then
    raise exception 'forged context' using errcode = '28000';
end $$;

-- Null in a system context, so that no row of any organisation matches by accident.
create function sec.member() returns text language sql stable security definer set search_path = pg_catalog, pg_temp
  return sec.context() ->> 'member';
create function sec.org() returns text language sql stable security definer set search_path = pg_catalog, pg_temp
  return sec.context() ->> 'org';
create function sec.role() returns text language sql stable security definer set search_path = pg_catalog, pg_temp
  return sec.context() ->> 'role';
-- What the house itself is doing when nobody is signed in: 'signin', 'setup' or 'clock'; null for a member.
create function sec.system() returns text language sql stable security definer set search_path = pg_catalog, pg_temp
  return sec.context() ->> 'system';

revoke all on all functions in schema sec from public;
grant execute on all functions in schema sec to {{app}}, {{definer}};
