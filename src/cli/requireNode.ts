import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// Before any module is loaded that an older Node does not have.
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`error: Auteur needs Node 22.13 or later; this is ${process.versions.node}.\n`);
  process.stderr.write('hint: Install a newer Node (nodejs.org), then try again.\n');
  process.exit(1);
}
