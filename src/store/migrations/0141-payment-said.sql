-- Why: the bank that paid, how, whether it asked for a recall and whether the police know were asked of the sender to see which
-- ways are open, and stayed there. Whoever is to stop the money at night had to ask for them again.
alter table firebreak.request
  add column payer_country text check (payer_country ~ '^[A-Z]{2}$'),
  add column payer_bank text check (length(payer_bank) between 1 and 200),
  add column channel text check (channel in ('wire', 'instant', 'bank_transfer', 'card', 'cash', 'crypto', 'other')),
  add column recall_sent boolean,
  add column report_filed boolean;
