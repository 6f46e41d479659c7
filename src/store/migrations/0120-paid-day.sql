-- Why: of many a payment only the day is known. Its moment is then where that day began for the payer, from which the clock
-- counts; shown as it stood, it told an officer elsewhere an hour that nobody had said, and west of the payer another day.
alter table firebreak.request add column paid_day text
  check (paid_day ~ '^\d{4}-\d{2}-\d{2}$'), add check (paid_day is null or paid_at is not null);
