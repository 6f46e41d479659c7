-- Why: what a clock must do (old answers, ended sessions, sealed records that nothing refers to) is done once, whichever
-- of several processes comes first. And whoever signs in has proved who they are: the log names them.
create table firebreak.chore (
  name   text primary key,
  ran_at timestamptz not null);
alter table firebreak.chore enable row level security;
alter table firebreak.chore force row level security;
create policy clock on firebreak.chore to {{app}} using ((select sec.system()) = 'clock');
grant select, insert on firebreak.chore to {{app}};
grant update (ran_at) on firebreak.chore to {{app}};

create policy swept on firebreak.session to {{app}} using ((select sec.system()) = 'clock');
create policy swept on firebreak.challenge to {{app}} using ((select sec.system()) = 'clock');

-- Only the entry that says that this very member signed in, and only with the organisation they belong to.
create policy signed_in on firebreak.audit_entry for insert to {{app}}
  with check ((select sec.system()) = 'signin' and act = 'session.begun' and object_kind = 'member'
    and object_id = actor_id
    and exists (select 1 from firebreak.member m where m.id = actor_id and m.org_id = audit_entry.org_id));
