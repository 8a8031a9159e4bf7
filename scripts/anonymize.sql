-- What export_anonymized.sh writes in place of each column: (table, column, replacement), the list
-- inside a VALUES. `keep` copies the value, anything else is an SQL expression; NULL stays NULL.
--
-- Every column has a line, or the export stops and names the one that has none: a new column must not
-- travel to staging because nobody thought of it. Lines for columns that the source does not have yet
-- do no harm, since production is usually behind develop.
--
-- Replacements are made from the row's id, so that a row always becomes the same, and what is unique
-- stays unique. Telephone numbers are of the block that ARCEP keeps for fiction.

('alembic_version', 'version_num', 'keep'),

('tenants', 'id', 'keep'),
('tenants', 'slug', $$ 'tenant-' || left(md5(id::text), 16) $$),
('tenants', 'name', $$ 'Entreprise ' || upper(left(md5(id::text), 6)) $$),
('tenants', 'created_at', 'keep'),

('users', 'id', 'keep'),
('users', 'tenant_id', 'keep'),
('users', 'email', $$ 'user-' || left(md5(id::text), 16) || '@example.invalid' $$),
-- An Argon2id hash that no known password has: signing in is refused, and does not fail.
('users', 'password_hash', $$ '$argon2id$v=19$m=19456,t=2,p=1$YW5vbnltaXNlZA$' || repeat('A', 43) $$),
('users', 'created_at', 'keep'),

('customers', 'id', 'keep'),
('customers', 'tenant_id', 'keep'),
('customers', 'name', $$ 'Client ' || upper(left(md5(id::text), 6)) $$),
('customers', 'email', $$ 'client-' || left(md5(id::text), 16) || '@example.invalid' $$),
('customers', 'phone', $$ '+33 6 39 98 ' || to_char(get_byte(decode(md5(id::text), 'hex'), 0) % 100, 'FM00 ') || to_char(get_byte(decode(md5(id::text), 'hex'), 1) % 100, 'FM00') $$),
('customers', 'city', $$ (ARRAY['Lille', 'Lyon', 'Nantes', 'Rennes', 'Toulouse'])[1 + get_byte(decode(md5(id::text), 'hex'), 2) % 5] $$),
('customers', 'created_at', 'keep'),
('customers', 'updated_at', 'keep')
