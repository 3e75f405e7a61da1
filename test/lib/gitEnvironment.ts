// Tests see Git as a fresh machine with an identity: no settings of the user or the system reach them.
process.env['GIT_CONFIG_NOSYSTEM'] = '1';
process.env['GIT_CONFIG_GLOBAL'] = process.platform === 'win32' ? 'NUL' : '/dev/null';
for (const role of ['AUTHOR', 'COMMITTER']) {
  process.env[`GIT_${role}_NAME`] = 'Test Director';
  process.env[`GIT_${role}_EMAIL`] = 'director@example.com';
}
